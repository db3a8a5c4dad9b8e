Feature: Migration Partnerships, lots 1 and 2
  Lot 1 is for four regions, lot 2 for Talent Partnerships. Letters of support come with the concept note: from the lead's side
  where it is no central government body, and from the target country where no central body of it takes part.

  Background:
    Given the call is "mpf-2024-migration-partnerships"

  Rule: LOT-1 The project belongs to lot 1 or lot 2

    Scenario Outline: Two lots
      Given the lot is "<lot>"
      When the proposal is checked
      Then LOT-1 says <status>

      Examples:
        | lot | status |
        | 1   | pass   |
        | 2   | pass   |
        | A   | fail   |

  Rule: FUND-1 The project is paid from the AMIF

    Scenario Outline: A warning, for it is an inference
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund | status |
        | AMIF | pass   |
        | ISF  | fail   |

  Rule: LEAD-1 The lead applicant is a legal person

    Scenario Outline: Legal persons
      Given the lead applicant is <applicant>
      And the lead has legal personality: <said>
      When the proposal is checked
      Then LEAD-1 says <status>

      Examples:
        | applicant                   | said | status |
        | an NGO from Italy           | yes  | pass   |
        | an NGO from Italy           | no   | fail   |
        | a natural person from Italy | yes  | fail   |

  Rule: LEAD-2 The lead is one of the bodies the call lists, for a person to judge

    Scenario: The list is lost
      Given the lead applicant is an NGO from Italy
      When the proposal is checked
      Then LEAD-2 says review

  Rule: LETTER-1 A lead that is no central government body brings a letter of support from a relevant central body

    Scenario Outline: A letter, or the central body as a co-applicant
      Given the lead applicant is <applicant>
      And a co-applicant is <partner>
      And <letters> is among the documents
      When the proposal is checked
      Then LETTER-1 says <status>

      Examples: A lead at central level
        | applicant                        | partner                           | letters               | status         |
        | a central public body from Italy | a local public body from Tunisia  | no letters of support | not applicable |

      Examples: Others
        | applicant                         | partner                            | letters                              | status |
        | an NGO from Italy                 | an NGO from Tunisia                | no letters of support                | fail   |
        | an NGO from Italy                 | an NGO from Tunisia                | a letter of a central body of Italy  | pass   |
        | an NGO from Italy                 | an NGO from Tunisia                | a letter of a regional body of Italy | fail   |
        | a regional public body from Italy | a central public body from Italy   | no letters of support                | pass   |
        | a regional public body from Italy | a regional public body from Italy  | no letters of support                | fail   |
        | an NGO from Italy                 | a central public body from Tunisia | no letters of support                | fail   |
        | an NGO from Italy                 | a central public body from France  | no letters of support                | review |
        | an NGO from Italy                 | an NGO from Tunisia                | a letter of a central body of Tunisia | fail  |
        | an international organisation from Switzerland | an NGO from Tunisia   | a letter of a central body of Italy  | review |

  Rule: LETTER-2 Where no central body of the target country joins, there is a letter of support from one

    Scenario Outline: By co-applicant or by letter
      Given the target countries are <countries>
      And a co-applicant is <partner>
      And <letters> is among the documents
      When the proposal is checked
      Then LETTER-2 says <status>

      Examples: One target country
        | countries | partner                            | letters                               | status |
        | Tunisia   | a central public body from Tunisia | no letters of support                 | pass   |
        | Tunisia   | a local public body from Tunisia   | no letters of support                 | fail   |
        | Tunisia   | a central public body from Italy   | no letters of support                 | fail   |
        | Tunisia   | an NGO from Tunisia                | a letter of a central body of Tunisia | pass   |
        | Tunisia   | an NGO from Tunisia                | a letter of a central body of Italy   | fail   |

      Examples: Several, where it is not clear whether one is enough
        | countries         | partner                            | letters                             | status |
        | Tunisia and Egypt | a central public body from Tunisia | a letter of a central body of Egypt | pass   |
        | Tunisia and Egypt | a central public body from Tunisia | no letters of support               | review |
        | Tunisia and Egypt | an NGO from Tunisia                | no letters of support               | fail   |

    Scenario: The message names the country that lacks both
      Given the target countries are Tunisia and Egypt
      And there are no co-applicants
      And a letter of a central body of Italy is among the documents
      When the proposal is checked
      Then the message of LETTER-2 mentions "Tunisia"
      And the message of LETTER-2 mentions "Egypt"

  Rule: LETTER-3 The letters of support come with the concept note

    Scenario Outline: Not later
      Given <letters> is among the documents
      And the letters come with the concept note: <said>
      When the proposal is checked
      Then LETTER-3 says <status>

      Examples:
        | letters                             | said    | status         |
        | a letter of a central body of Italy | yes     | pass           |
        | a letter of a central body of Italy | no      | fail           |
        | a letter of a central body of Italy | nothing | undecided      |
        | no letters of support               | no      | not applicable |

  Rule: COAPP-1 The co-applicants are organisations the call lets join, for a person to judge

    Scenario: The list is lost
      Given a co-applicant is an NGO from Tunisia
      When the proposal is checked
      Then COAPP-1 says review

  Rule: SCOPE-1 A project of lot 1 works with a country of its four regions

    Scenario Outline: Inside, outside, uncertain
      Given the lot is "<lot>"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | lot | countries          | status         |
        | 1   | Jordan             | pass           |
        | 1   | Kenya              | pass           |
        | 1   | Pakistan           | pass           |
        | 1   | Uzbekistan         | pass           |
        | 1   | Moldova            | fail           |
        | 1   | Albania            | fail           |
        | 1   | Türkiye            | fail           |
        | 1   | Moldova and Jordan | pass           |
        | 1   | Sudan              | review         |
        | 1   | India              | review         |
        | 2   | Moldova            | not applicable |

  Rule: SCOPE-2 All target countries of lot 1 lie in its regions

    Scenario Outline: Countries beside one inside
      Given the lot is "1"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | countries          | status         |
        | Jordan and Lebanon | pass           |
        | Jordan and Türkiye | fail           |
        | Türkiye            | not applicable |

  Rule: SCOPE-3 A project of lot 2 works with a priority country

    Scenario Outline: Priorities, which exclude nobody
      Given the lot is "<lot>"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-3 says <status>

      Examples:
        | lot | countries             | status         |
        | 2   | Egypt                 | pass           |
        | 2   | Ethiopia and Pakistan | pass           |
        | 2   | Senegal               | review         |
        | 2   | Nigeria and Ethiopia  | review         |
        | 2   | Ethiopia              | fail           |
        | 1   | Ethiopia              | not applicable |

  Rule: SCOPE-4 A project of lot 1 serves the EU's migration priorities, for a person to judge

    Scenario: Only a person can tell
      Given the lot is "1"
      When the proposal is checked
      Then SCOPE-4 says review

  Rule: SCOPE-5 A project of lot 2 is aligned to a Talent Partnership, for a person to judge

    Scenario: Only a person can tell
      Given the lot is "2"
      When the proposal is checked
      Then SCOPE-5 says review

  Rule: GRANT-1 The grant is at most 95 % of the total budget

    Scenario Outline: A warning, for nothing is said of this call
      Given the total budget is EUR 400000.00
      And the grant asked for is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 380000.00 | pass   |
        | 380000.01 | fail   |

  Rule: POT-1 The grant is no more than the money of the call

    Scenario Outline: Indicative, as of October 2024
      Given the grant asked for is EUR <grant>
      When the proposal is checked as of <day>
      Then POT-1 says <status>

      Examples:
        | grant       | day        | status |
        | 26000000.00 | 2024-10-31 | pass   |
        | 26000000.01 | 2024-10-31 | fail   |
        | 300000.00   | 2024-10-30 | review |
