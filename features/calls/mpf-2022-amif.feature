Feature: The call of 2022, strands A and D
  The guidelines were revised on 16 May 2022: more money, longer actions in strand D, priority countries. What held before that
  day is checked with an earlier day.

  Background:
    Given the call is "mpf-2022-amif"

  Rule: STRAND-1 The action belongs to strand A or strand D

    Scenario Outline: Two strands
      Given the strand is "<strand>"
      When the proposal is checked
      Then STRAND-1 says <status>

      Examples:
        | strand | status |
        | A      | pass   |
        | D      | pass   |
        | C      | fail   |

  Rule: FUND-1 The action is paid from the AMIF

    Scenario Outline: One fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund | status |
        | AMIF | pass   |
        | BMVI | fail   |
        | ISF  | fail   |

  Rule: FUND-2 The lead's Member State takes part in the AMIF

    Scenario Outline: Denmark is understood to stand outside
      Given the fund is "AMIF"
      And the lead applicant is <applicant>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | applicant                  | status         |
        | a public body from Denmark | fail           |
        | a public body from Sweden  | pass           |
        | an NGO from Denmark        | not applicable |

  Rule: LEAD-1 The lead applicant is a legal person

    Scenario Outline: Legal persons
      Given the lead applicant is <applicant>
      And the lead has legal personality: <said>
      When the proposal is checked
      Then LEAD-1 says <status>

      Examples:
        | applicant                   | said    | status    |
        | a public body from Italy    | yes     | pass      |
        | an NGO from Italy           | yes     | pass      |
        | an NGO from Italy           | no      | fail      |
        | a natural person from Italy | yes     | fail      |
        | an NGO from Italy           | nothing | undecided |

  Rule: LEAD-2 The lead is one of the bodies the call lists, for a person to judge

    Scenario: The list was not reached
      Given the lead applicant is an NGO from Italy
      When the proposal is checked
      Then LEAD-2 says review
      And the message of LEAD-2 mentions "that list was not reached"

  Rule: LEAD-3 Where an action of strand A implements a Mobility Partnership, the lead's Member State has signed it

    Scenario Outline: Signatories
      Given the strand is "<strand>"
      And the implemented Mobility Partnerships are <implemented>
      And the signed Mobility Partnerships are <signed>
      When the proposal is checked
      Then LEAD-3 says <status>

      Examples:
        | strand | implemented         | signed       | status         |
        | A      | Moldova             | Moldova      | pass           |
        | A      | Moldova             | none         | fail           |
        | A      | Moldova and Armenia | Moldova      | fail           |
        | A      | none                | none         | not applicable |
        | D      | Moldova             | none         | not applicable |
        | A      | Moldova             | not answered | undecided      |

  Rule: LETTER-1 A lead that is no central government body brings a letter of support from a relevant central body

    Scenario Outline: Who needs a letter, and from whom
      Given the lead applicant is <applicant>
      And <letters> is among the documents
      When the proposal is checked
      Then LETTER-1 says <status>

      Examples: A lead at central level
        | applicant                        | letters              | status         |
        | a central public body from Italy | no letters of support | not applicable |

      Examples: Others
        | applicant                         | letters                             | status |
        | a regional public body from Italy | no letters of support               | fail   |
        | a local public body from Italy    | no letters of support               | fail   |
        | an NGO from Italy                 | no letters of support               | fail   |
        | an NGO from Italy                 | a letter of a central body of Italy | pass   |
        | a regional public body from Italy | a letter of a central body of Italy | pass   |
        | an NGO from Italy                 | a letter of a regional body of Italy | fail  |
        | an NGO from Italy                 | a letter of a central body of France | review |
        | an international organisation from Austria | a letter of a central body of Italy | review |

    Scenario: A lead whose level is not said yet
      Given the lead applicant is a public body from Italy
      And no letters of support are among the documents
      When the proposal is checked
      Then LETTER-1 waits for "/lead/level"

  Rule: COAPP-1 The co-applicants are organisations the call lets join, for a person to judge

    Scenario: The list was not reached
      Given a co-applicant is an NGO from Tunisia
      When the proposal is checked
      Then COAPP-1 says review

  Rule: SCOPE-1 Strand A works with a country that has a Mobility Partnership, a Common Agenda or another framework

    Scenario Outline: Primarily, so this is advice
      Given the strand is "<strand>"
      And the target countries are <countries>
      And the other framework is "<framework>"
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | strand | countries | framework        | status         |
        | A      | Tunisia   |                  | pass           |
        | A      | Nigeria   |                  | pass           |
        | A      | Ukraine   |                  | fail           |
        | A      | Ukraine   | a joint dialogue | pass           |
        | D      | Ukraine   |                  | not applicable |

  Rule: SCOPE-2 Strand D works with a priority country

    Scenario Outline: Priorities since 16 May 2022, which exclude nobody
      Given the strand is "<strand>"
      And the target countries are <countries>
      When the proposal is checked as of <day>
      Then SCOPE-2 says <status>

      Examples: The first version of the guidelines described none
        | strand | countries | day        | status         |
        | D      | Ethiopia  | 2022-05-15 | not applicable |
        | D      | Ethiopia  | 2022-05-16 | fail           |

      Examples: First and next priority
        | strand | countries            | day        | status         |
        | D      | Egypt                | 2022-05-16 | pass           |
        | D      | Morocco              | 2022-05-16 | pass           |
        | D      | Tunisia              | 2022-05-16 | pass           |
        | D      | Senegal              | 2022-05-16 | pass           |
        | D      | Ethiopia and Nigeria | 2022-05-16 | pass           |
        | A      | Ethiopia             | 2022-05-16 | not applicable |

    Scenario: A country of the next priority passes with a note
      Given the strand is "D"
      And the target countries are Bangladesh
      When the proposal is checked
      Then the message of SCOPE-2 mentions "of the next priority"

    Scenario: A country of first priority passes without
      Given the strand is "D"
      And the target countries are Bangladesh and Egypt
      When the proposal is checked
      Then there is no message of SCOPE-2

  Rule: SCOPE-3 The activities fit the strand, for a person to judge

    Scenario Outline: What is known is shown
      Given the strand is "<strand>"
      When the proposal is checked
      Then SCOPE-3 says review
      And the message of SCOPE-3 mentions "<known>"

      Examples:
        | strand | known                                     |
        | A      | without any actual mobility being funded  |
        | D      | Talent Partnerships included              |

  Rule: SCOPE-4 The implemented Mobility Partnerships are ones there are

    Scenario Outline: There are nine
      Given the strand is "A"
      And the implemented Mobility Partnerships are <implemented>
      When the proposal is checked
      Then SCOPE-4 says <status>

      Examples:
        | implemented         | status         |
        | Moldova             | pass           |
        | Tunisia             | pass           |
        | Moldova and Nigeria | fail           |
        | none                | not applicable |

  Rule: GRANT-1 The grant is at most 95 % of the total budget

    Scenario Outline: A warning, for only a grant portal says so
      Given the total budget is EUR 400000.00
      And the grant asked for is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 380000.00 | pass   |
        | 380000.01 | fail   |

  Rule: GRANT-2 The grant is at least EUR 200 000

    Scenario Outline: The grant and not the budget, on the portal
      Given the strand is "<strand>"
      And the total budget is EUR <total>
      And the grant asked for is EUR <grant>
      When the proposal is checked
      Then GRANT-2 says <status>

      Examples:
        | strand | total     | grant     | status         |
        | A      | 210526.32 | 200000.00 | pass           |
        | A      | 210526.32 | 199999.99 | fail           |
        | A      | 200000.00 | 190000.00 | fail           |
        | D      | 200000.00 | 190000.00 | not applicable |

  Rule: POT-1 The grant is no more than the money of its strand

    Scenario Outline: Eight million, from before or after the increase
      Given the strand is "<strand>"
      And the grant asked for is EUR <grant>
      When the proposal is checked as of <day>
      Then POT-1 says <status>

      Examples:
        | strand | grant      | day        | status         |
        | A      | 8000000.00 | 2022-05-16 | pass           |
        | A      | 8000000.01 | 2022-05-16 | fail           |
        | A      | 300000.00  | 2022-05-15 | review         |
        | D      | 9000000.00 | 2022-05-16 | not applicable |

  Rule: DUR-1 The duration keeps to what the strand allows, for a person to judge

    Scenario Outline: The two versions of the guidelines
      Given the strand is "<strand>"
      And the project lasts 36 months
      When the proposal is checked as of <day>
      Then DUR-1 says review
      And the message of DUR-1 mentions "<said>"

      Examples:
        | strand | day        | said                                                     |
        | D      | 2022-05-15 | The guidelines before 16 May 2022 allow less             |
        | D      | 2022-05-16 | The guidelines as revised on 16 May 2022 allow more      |
        | A      | 2022-05-16 | did not change it for strand A                           |
