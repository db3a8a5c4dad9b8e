Feature: Migration Partnerships, lots 1 and 2
  Lot 1 is for four regions, and lot 2 is for Talent Partnerships. Letters of support must come with the concept note. One is
  needed from the lead's side if the lead is not a central government body. One is needed from the target country if no
  central body from there takes part.

  Background:
    Given the call is "mpf-2024-migration-partnerships"

  Rule: LOT-1 The project must belong to lot 1 or lot 2

    Scenario Outline: Two lots
      Given the lot is "<lot>"
      When the proposal is checked
      Then LOT-1 says <status>

      Examples:
        | lot | status |
        | 1   | pass   |
        | 2   | pass   |
        | A   | fail   |

  Rule: FUND-1 The project should use the AMIF

    Scenario Outline: A warning, because the sources do not say it
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund | status |
        | AMIF | pass   |
        | ISF  | fail   |

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
        | a mandated body from Belgium mandated by Denmark | fail           |
        | a mandated body from Denmark mandated by Belgium | pass           |
        | an NGO from Denmark                              | not applicable |

  Rule: LEAD-1 The lead applicant must be a legal person

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

  Rule: LEAD-2 The lead applicant must be a public body of a Member State

    Scenario Outline: The list of who may lead is missing
      Given the lead applicant is <applicant>
      When the proposal is checked
      Then LEAD-2 says <status>

      Examples: Public bodies of Member States lead in the facility's other calls
        | applicant                | status |
        | a public body from Italy | pass   |

      Examples: The sources name no other organisation and exclude none
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
      Then the message of LEAD-2 mentions "missing from the copy we read"

    Scenario: An international organisation with a letter from the target country needs review
      Given a complete proposal to the call
      And the lead applicant is an international organisation from Switzerland
      And the lead has legal personality: yes
      When the proposal is checked
      Then LETTER-1 says review
      And LEAD-2 says review
      And the verdict is review

  Rule: LETTER-1 A lead that is not a central government body must have a letter of support from a relevant central body

    Scenario Outline: A letter, or the central body as a co-applicant
      Given the lead applicant is <applicant>
      And a co-applicant is <partner>
      And <letters> is among the documents
      When the proposal is checked
      Then LETTER-1 says <status>

      Examples: A lead at central level
        | applicant                        | partner                          | letters               | status         |
        | a central public body from Italy | a local public body from Tunisia | no letters of support | not applicable |

      Examples: Other leads
        | applicant                         | partner                           | letters                              | status |
        | an NGO from Italy                 | an NGO from Tunisia               | no letters of support                | fail   |
        | an NGO from Italy                 | an NGO from Tunisia               | a letter of a central body of Italy  | pass   |
        | an NGO from Italy                 | an NGO from Tunisia               | a letter of a regional body of Italy | fail   |
        | a regional public body from Italy | a central public body from Italy  | no letters of support                | pass   |
        | a regional public body from Italy | a regional public body from Italy | no letters of support                | fail   |

      Examples: The sources do not say which central body is relevant
        | applicant                                      | partner                            | letters                                   | status |
        | an NGO from Italy                              | a central public body from Tunisia | no letters of support                     | review |
        | an NGO from Italy                              | a central public body from France  | no letters of support                     | review |
        | an NGO from Italy                              | an NGO from Tunisia                | a letter of a central body of Tunisia     | review |
        | an international organisation from Switzerland | an NGO from Tunisia                | a letter of a central body of Tunisia     | review |
        | an international organisation from Switzerland | an NGO from Tunisia                | a letter of a central body of Switzerland | review |
        | an international organisation from Austria     | an NGO from Tunisia                | a letter of a central body of Austria     | review |
        | an NGO from Switzerland                        | an NGO from Tunisia                | a letter of a central body of Switzerland | review |
        | an NGO from Switzerland                        | an NGO from Tunisia                | no letters of support                     | fail   |

      Examples: For a mandated body, the state that gave the mandate
        | applicant                                       | partner             | letters                               | status |
        | a mandated body from Belgium mandated by France | an NGO from Tunisia | a letter of a central body of France  | pass   |
        | a mandated body from Belgium mandated by France | an NGO from Tunisia | a letter of a central body of Belgium | review |

  Rule: LETTER-2 If no central body of the target country joins, a central body there must give a letter of support

    Scenario Outline: With a co-applicant or with a letter
      Given the lead applicant is a central public body from France
      And the target countries are <countries>
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

      Examples: Several target countries: the sources do not say whether one letter is enough
        | countries         | partner                            | letters                             | status |
        | Tunisia and Egypt | a central public body from Tunisia | a letter of a central body of Egypt | pass   |
        | Tunisia and Egypt | a central public body from Tunisia | no letters of support               | review |
        | Tunisia and Egypt | an NGO from Tunisia                | no letters of support               | fail   |

    Scenario Outline: A lead from the target country
      Given the lead applicant is <applicant>
      And the target countries are Tunisia
      And there are no co-applicants
      And no letters of support are among the documents
      When the proposal is checked
      Then LETTER-2 says <status>

      Examples:
        | applicant                          | status |
        | a central public body from Tunisia | review |
        | a local public body from Tunisia   | fail   |
        | an NGO from Tunisia                | fail   |

    Scenario: No letter is needed from a Member State
      Given the lead applicant is a central public body from France
      And the target countries are Tunisia and Germany
      And a co-applicant is a central public body from Tunisia
      And no letters of support are among the documents
      When the proposal is checked
      Then LETTER-2 says pass

    Scenario: The message names the country that lacks both
      Given the lead applicant is a central public body from France
      And the target countries are Tunisia and Egypt
      And there are no co-applicants
      And a letter of a central body of Italy is among the documents
      When the proposal is checked
      Then the message of LETTER-2 mentions "Tunisia"
      And the message of LETTER-2 mentions "Egypt"

  Rule: LETTER-3 The letters of support that the call asks for must come with the concept note

    Scenario Outline: Not later
      Given the lead applicant is an NGO from Italy
      And the target countries are Tunisia
      And there are no co-applicants
      And <letters> is among the documents
      And the letters come with the concept note: <said>
      When the proposal is checked
      Then LETTER-3 says <status>

      Examples:
        | letters                             | said    | status         |
        | a letter of a central body of Italy | yes     | pass           |
        | a letter of a central body of Italy | no      | fail           |
        | a letter of a central body of Italy | nothing | undecided      |
        | no letters of support               | no      | not applicable |

    Scenario Outline: A letter that the call does not ask for may come later
      Given the lead applicant is <applicant>
      And the target countries are <countries>
      And a co-applicant is <partner>
      And a letter of a local body of Italy is among the documents
      And the letters come with the concept note: no
      When the proposal is checked
      Then LETTER-3 says <status>

      Examples: No letter is needed
        | applicant                        | countries | partner                            | status         |
        | a central public body from Italy | Tunisia   | a central public body from Tunisia | not applicable |
        | a central public body from Italy | Germany   | an NGO from Italy                  | not applicable |

      Examples: A letter is needed
        | applicant                        | countries | partner                          | status |
        | a central public body from Italy | Tunisia   | a local public body from Tunisia | fail   |
        | a local public body from Italy   | Germany   | an NGO from Italy                | fail   |

      Examples: The sources do not say whether a letter is needed
        | applicant                          | countries         | partner                            | status |
        | a local public body from Italy     | Tunisia           | a central public body from Tunisia | review |
        | a central public body from Italy   | Tunisia and Egypt | a central public body from Tunisia | review |
        | a central public body from Tunisia | Tunisia           | an NGO from Italy                  | review |

    Scenario: A city's letter that comes later does not make a ministry's project ineligible
      Given a complete proposal to the call
      And a co-applicant "Ministry of Social Affairs" is a central public body from Tunisia
      And a letter of a local body of Italy is among the documents
      And the letters come with the concept note: no
      When the proposal is checked
      Then LETTER-3 says not applicable
      And COAPP-1 says pass

  Rule: COAPP-1 Every co-applicant must be a public body of a Member State, or a central government body of a target country

    Scenario Outline: The list of who may join is missing
      Given the target countries are Tunisia
      And a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples: The sources name central government bodies of the target country
        | applicant                          | status |
        | a public body from France          | pass   |
        | a central public body from Tunisia | pass   |

      Examples: They name no other organisation and exclude none
        | applicant                                  | status |
        | a local public body from Tunisia           | review |
        | a central public body from Egypt           | review |
        | an NGO from Tunisia                        | review |
        | another private-law body from France       | review |
        | an international organisation from Austria | review |
        | a mandated body from France                | review |
        | a natural person from France               | review |

  Rule: SCOPE-1 A project of lot 1 must work with a country of its four regions

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

  Rule: SCOPE-2 All target countries of lot 1 should be in its regions

    Scenario Outline: Other countries together with a country inside
      Given the lot is "1"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | countries          | status         |
        | Jordan and Lebanon | pass           |
        | Jordan and Türkiye | fail           |
        | Türkiye            | not applicable |

  Rule: SCOPE-3 A project of lot 2 should work with a priority country

    Scenario Outline: Priorities, which exclude no country
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

  Rule: SCOPE-4 A project of lot 1 must serve the EU's migration priorities (manual review)

    Scenario: Only a manual review can decide
      Given the lot is "1"
      When the proposal is checked
      Then SCOPE-4 says review

  Rule: SCOPE-5 A project of lot 2 must be aligned to a Talent Partnership (manual review)

    Scenario: Only a manual review can decide
      Given the lot is "2"
      When the proposal is checked
      Then SCOPE-5 says review

  Rule: SCOPE-6 A project of lot 2 must name at least one country outside the EU

    Scenario Outline: Partner countries
      Given the lot is "<lot>"
      And the target countries are <countries>
      When the proposal is checked
      Then SCOPE-6 says <status>

      Examples:
        | lot | countries           | status         |
        | 2   | Morocco             | pass           |
        | 2   | Germany and Morocco | pass           |
        | 2   | Germany             | review         |
        | 2   | none                | review         |
        | 2   | not answered        | undecided      |
        | 1   | Germany             | not applicable |

    Scenario: A project of lot 2 in a Member State only needs review
      Given a complete proposal to the call
      And the lot is "2"
      And the target countries are Germany
      When the proposal is checked
      Then the verdict is review

  Rule: SCOPE-7 Work outside the EU should follow the rules of the fund (manual review)

    Scenario: The conditions of the AMIF are shown, and never block
      Given a complete proposal to the call
      When the proposal is checked
      Then SCOPE-7 says review
      And the message of SCOPE-7 mentions "must not be development-oriented"
      And the verdict is eligible

  Rule: GRANT-1 The requested grant should be at most 95 % of the total budget

    Scenario Outline: A warning, because the sources do not say it about this call
      Given the total budget is EUR 400000.00
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 380000.00 | pass   |
        | 380000.01 | fail   |

  Rule: POT-1 The requested grant should not exceed the call's budget envelope

    Scenario Outline: Indicative, as of October 2024
      Given the requested grant is EUR <grant>
      When the proposal is checked as of <date>
      Then POT-1 says <status>

      Examples:
        | grant       | date       | status |
        | 26000000.00 | 2024-10-31 | pass   |
        | 26000000.01 | 2024-10-31 | fail   |
        | 300000.00   | 2024-10-30 | review |

    Scenario Outline: The message names the date of the figure
      Given the requested grant is EUR 26000000.01
      When the proposal is checked as of <date>
      Then the message of POT-1 mentions "In October 2024"
      And the message of POT-1 <says> "do not say how much of the budget envelope is left"

      Examples:
        | date       | says             |
        | 2024-10-31 | does not mention |
        | 2026-11-28 | mentions         |

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: The sources show it as of October 2024
      Given a complete proposal to the call
      When the proposal is checked as of <date>
      Then DATE-1 says <status>
      And the verdict is <verdict>

      Examples:
        | date       | status | verdict  |
        | 2023-12-31 | review | review   |
        | 2024-10-30 | review | review   |
        | 2024-10-31 | pass   | eligible |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the latest dated source
      Given a complete proposal to the call
      When the proposal is checked as of <date>
      Then DATE-2 says <status>
      And the verdict is eligible

      Examples:
        | date       | status |
        | 2024-10-31 | pass   |
        | 2024-11-01 | fail   |
        | 2034-11-01 | fail   |
