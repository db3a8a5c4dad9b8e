Feature: The call of 2022, strands A and D
  The guidelines were revised on 16 May 2022. They gave more money, a longer duration in strand D, and priority countries.
  Use an earlier check date for the rules before that date.

  Background:
    Given the call is "mpf-2022-amif"

  Rule: STRAND-1 The project must belong to strand A or strand D

    Scenario Outline: Two strands
      Given the strand is "<strand>"
      When the proposal is checked
      Then STRAND-1 says <status>

      Examples:
        | strand | status |
        | A      | pass   |
        | D      | pass   |
        | C      | fail   |

  Rule: FUND-1 The project must use the AMIF

    Scenario Outline: One fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund | status |
        | AMIF | pass   |
        | BMVI | fail   |
        | ISF  | fail   |

    Scenario Outline: The call of 2023 is named only after its launch
      Given the fund is "BMVI"
      When the proposal is checked as of <date>
      Then the fix for FUND-1 <says> "Borders & Security"

      Examples:
        | date       | says             |
        | 2023-03-09 | does not mention |
        | 2023-03-10 | mentions         |

  Rule: FUND-2 The lead's Member State should take part in the AMIF

    Scenario Outline: We understand that Denmark does not take part
      Given the fund is "AMIF"
      And the lead applicant is <applicant>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | applicant                                        | status         |
        | a public body from Denmark                       | fail           |
        | a public body from Sweden                        | pass           |
        | an NGO from Denmark                              | not applicable |
        | a mandated body from Belgium mandated by Denmark | fail           |
        | a mandated body from Denmark mandated by Belgium | pass           |

  Rule: LEAD-1 The lead applicant must be a legal person

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

  Rule: LEAD-2 The lead applicant must be a public body of a Member State

    Scenario Outline: We could not read the list of who may lead
      Given the lead applicant is <applicant>
      When the proposal is checked
      Then LEAD-2 says <status>

      Examples: The sources mention Member States and their bodies
        | applicant                | status |
        | a public body from Italy | pass   |

      Examples: They name no other organisation and exclude none
        | applicant                                      | status |
        | a public body from Tunisia                     | review |
        | a public body from United Kingdom              | review |
        | an NGO from Italy                              | review |
        | another private-law body from Italy            | review |
        | an international organisation from Austria     | review |
        | a mandated body from France mandated by France | review |

      Examples: Not a legal person, another rule covers that
        | applicant                   | status         |
        | a natural person from Italy | not applicable |

    Scenario: A lead that passes must still read the guidelines
      Given the lead applicant is a public body from Italy
      When the proposal is checked
      Then the message of LEAD-2 mentions "we could not read that list"

    Scenario: A consultancy with its ministry's letter needs review
      Given a complete proposal to the call
      And the lead applicant is another private-law body from Italy
      And the lead has legal personality: yes
      When the proposal is checked
      Then LETTER-1 says pass
      And the verdict is review

  Rule: LEAD-3 If a project of strand A implements a Mobility Partnership, the lead's Member State must have signed it

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
        | A      | not answered        | not answered | undecided      |
        | D      | not answered        | not answered | not applicable |

    Scenario: A strand D project is complete without answers about Mobility Partnerships
      Given a complete proposal to the call
      When the proposal is checked
      Then LEAD-3 says not applicable
      And SCOPE-4 says not applicable
      And the verdict is eligible

  Rule: LETTER-1 A lead that is not a central government body must have a letter of support from a relevant central body

    Scenario Outline: Who needs a letter, and from whom
      Given the lead applicant is <applicant>
      And <letters> is among the documents
      When the proposal is checked
      Then LETTER-1 says <status>

      Examples: A lead at central level
        | applicant                        | letters               | status         |
        | a central public body from Italy | no letters of support | not applicable |

      Examples: Other leads
        | applicant                                      | letters                                   | status |
        | a regional public body from Italy              | no letters of support                     | fail   |
        | a local public body from Italy                 | no letters of support                     | fail   |
        | an NGO from Italy                              | no letters of support                     | fail   |
        | an NGO from Italy                              | a letter of a central body of Italy       | pass   |
        | a regional public body from Italy              | a letter of a central body of Italy       | pass   |
        | an NGO from Italy                              | a letter of a regional body of Italy      | fail   |
        | an NGO from Italy                              | a letter of a central body of France      | review |
        | an NGO from Italy                              | a letter of a central body of Tunisia     | review |
        | an international organisation from Austria     | a letter of a central body of Austria     | review |
        | an international organisation from Switzerland | a letter of a central body of Switzerland | review |
        | an NGO from Switzerland                        | a letter of a central body of Switzerland | review |
        | an NGO from Switzerland                        | no letters of support                     | fail   |

      Examples: For a mandated body, the state that gave the mandate
        | applicant                                       | letters                               | status |
        | a mandated body from Belgium mandated by France | a letter of a central body of France  | pass   |
        | a mandated body from Belgium mandated by France | a letter of a central body of Belgium | review |
        | a mandated body from Belgium mandated by France | no letters of support                 | fail   |

    Scenario: A lead without an answer on its level
      Given the lead applicant is a public body from Italy
      And no letters of support are among the documents
      When the proposal is checked
      Then LETTER-1 needs the answer "/lead/level"

  Rule: COAPP-1 Every co-applicant must be a public body of a Member State

    Scenario Outline: We could not read the list of who may join
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                                  | status |
        | a public body from France                  | pass   |
        | a public body from Tunisia                 | review |
        | an NGO from France                         | review |
        | another private-law body from France       | review |
        | an international organisation from Austria | review |
        | a mandated body from France                | review |
        | a natural person from France               | review |

    Scenario: A lead that applies alone
      Given there are no co-applicants
      When the proposal is checked
      Then COAPP-1 says not applicable

  Rule: SCOPE-1 Strand A should work with a country that has a Mobility Partnership, a Common Agenda or another framework

    Scenario Outline: The source says "primarily", so this is advice
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

  Rule: SCOPE-2 Strand D should work with a priority country

    Scenario Outline: Priorities since 16 May 2022, which exclude no country
      Given the strand is "<strand>"
      And the target countries are <countries>
      When the proposal is checked as of <date>
      Then SCOPE-2 says <status>

      Examples: The first version of the guidelines described no priorities
        | strand | countries | date       | status         |
        | D      | Ethiopia  | 2022-05-15 | not applicable |
        | D      | Ethiopia  | 2022-05-16 | fail           |

      Examples: First and next priority
        | strand | countries            | date       | status         |
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
      Then the message of SCOPE-2 mentions "the next priority"

    Scenario: A country of first priority passes without a note
      Given the strand is "D"
      And the target countries are Bangladesh and Egypt
      When the proposal is checked
      Then there is no message of SCOPE-2

  Rule: SCOPE-3 The activities must fit the strand (manual review)

    Scenario Outline: The message shows what we know
      Given the strand is "<strand>"
      When the proposal is checked
      Then SCOPE-3 says review
      And the message of SCOPE-3 mentions "<known>"

      Examples:
        | strand | known                                    |
        | A      | without any actual mobility being funded |
        | D      | including Talent Partnerships            |

  Rule: SCOPE-4 The project should implement Mobility Partnerships that exist

    Scenario Outline: There are nine Mobility Partnerships
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

  Rule: SCOPE-5 The project must name at least one country outside the EU

    Scenario Outline: Partner countries
      Given the strand is "<strand>"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-5 says <status>

      Examples:
        | strand | countries          | status    |
        | A      | Morocco            | pass      |
        | A      | France and Morocco | pass      |
        | A      | France             | review    |
        | D      | France and Germany | review    |
        | D      | none               | review    |
        | D      | not answered       | undecided |

    Scenario: A project in Member States only needs review
      Given a complete proposal to the call
      And the target countries are France
      When the proposal is checked
      Then the verdict is review

  Rule: SCOPE-6 Work outside the EU should follow the rules of the fund (manual review)

    Scenario: The conditions of the AMIF are shown, and never block
      Given a complete proposal to the call
      When the proposal is checked
      Then SCOPE-6 says review
      And the message of SCOPE-6 mentions "must not be development-oriented"
      And the verdict is eligible

  Rule: GRANT-1 The requested grant should be at most 95 % of the total budget

    Scenario Outline: A warning, because only a grant portal says so
      Given the total budget is EUR 400000.00
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 380000.00 | pass   |
        | 380000.01 | fail   |

    Scenario Outline: The limit is for strand A
      Given the strand is "<strand>"
      And the total budget is EUR 400000.00
      And the requested grant is EUR 380000.01
      When the proposal is checked
      Then the message of GRANT-1 mentions "<words>"

      Examples:
        | strand | words                                  |
        | A      | Only a grant portal gives this limit   |
        | D      | For strand D the sources give no limit |

  Rule: GRANT-2 The requested grant should be at least EUR 200 000

    Scenario Outline: The grant and not the budget, on the portal
      Given the strand is "<strand>"
      And the total budget is EUR <total>
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-2 says <status>

      Examples:
        | strand | total     | grant     | status         |
        | A      | 210526.32 | 200000.00 | pass           |
        | A      | 210526.32 | 199999.99 | fail           |
        | A      | 200000.00 | 190000.00 | fail           |
        | D      | 200000.00 | 190000.00 | not applicable |

  Rule: POT-1 The requested grant should not exceed the budget of its strand

    Scenario Outline: Eight million, before or after the increase
      Given the strand is "<strand>"
      And the requested grant is EUR <grant>
      When the proposal is checked as of <date>
      Then POT-1 says <status>

      Examples:
        | strand | grant      | date       | status         |
        | A      | 8000000.00 | 2022-05-16 | pass           |
        | A      | 8000000.01 | 2022-05-16 | fail           |
        | A      | 300000.00  | 2022-05-15 | review         |
        | D      | 9000000.00 | 2022-05-16 | not applicable |

  Rule: DUR-1 The duration should be within the limit of the strand (manual review)

    Scenario Outline: The two versions of the guidelines
      Given the strand is "<strand>"
      And the project lasts 36 months
      When the proposal is checked as of <date>
      Then DUR-1 says review
      And the message of DUR-1 mentions "<said>"

      Examples:
        | strand | date       | said                                                |
        | D      | 2022-05-15 | The guidelines before 16 May 2022 allow less        |
        | D      | 2022-05-16 | The guidelines as revised on 16 May 2022 allow more |
        | A      | 2022-05-16 | did not change the limit for strand A               |

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: The date of publication was not found
      Given a complete proposal to the call
      When the proposal is checked as of <date>
      Then DATE-1 says <status>
      And the verdict is <verdict>

      Examples:
        | date       | status | verdict  |
        | 2021-12-31 | review | review   |
        | 2022-01-01 | review | review   |
        | 2022-05-15 | review | review   |
        | 2022-05-16 | pass   | eligible |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the latest dated source
      Given a complete proposal to the call
      When the proposal is checked as of <date>
      Then DATE-2 says <status>
      And the verdict is eligible

      Examples:
        | date       | status |
        | 2022-05-16 | pass   |
        | 2022-05-17 | fail   |
        | 2032-05-16 | fail   |
