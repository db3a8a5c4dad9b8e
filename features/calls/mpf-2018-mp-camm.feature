Feature: The second call, 2018
  For a country with a Mobility Partnership, only a Member State that has signed it may lead. For a country with a Common
  Agenda, any Member State may lead. NGOs and other private-law bodies may join. International organisations may not.

  Background:
    Given the call is "mpf-2018-mp-camm"

  Scenario: A cost funded twice gives a warning, because an older copy of the source lists fewer principles
    Given the declaration "no double funding" is answered with no
    When the proposal is checked
    Then EXCL-2 says fail
    And the verdict is incomplete

  Rule: LEAD-1 The lead applicant must be a public body of an EU Member State

    Scenario Outline: Who may lead
      Given the lead applicant is <applicant>
      When the proposal is checked
      Then LEAD-1 says <status>

      Examples:
        | applicant                                       | status    |
        | a public body from Poland                       | pass      |
        | a public body from United Kingdom               | pass      |
        | a public body from Moldova                      | fail      |
        | an NGO from Poland                              | fail      |
        | another private-law body from Poland            | fail      |
        | an international organisation from Austria      | fail      |
        | a mandated body from Poland mandated by Poland  | review    |
        | a mandated body from Poland mandated by Moldova | fail      |
        | an organisation from Poland                     | undecided |

    Scenario Outline: The United Kingdom was a Member State until 31 January 2020
      Given the lead applicant is a public body from United Kingdom
      When the proposal is checked as of <date>
      Then LEAD-1 says <status>

      Examples:
        | date       | status |
        | 2020-01-31 | pass   |
        | 2020-02-01 | review |
        | 2020-06-01 | review |

  Rule: LEAD-2 The lead's Member State must have signed the Mobility Partnership with each target country that has one

    Scenario Outline: Signatories
      Given the target countries are <countries>
      And the signed Mobility Partnerships are <signed>
      When the proposal is checked
      Then LEAD-2 says <status>

      Examples: Mobility Partnerships
        | countries           | signed              | status    |
        | Moldova             | Moldova             | pass      |
        | Moldova             | none                | fail      |
        | Moldova             | Georgia             | fail      |
        | Moldova and Georgia | Moldova             | fail      |
        | Moldova and Georgia | Moldova and Georgia | pass      |
        | Moldova             | not answered        | undecided |

      Examples: Common Agendas, for which any Member State may lead
        | countries           | signed       | status         |
        | Ethiopia            | not answered | not applicable |
        | Nigeria and Moldova | Moldova      | pass           |
        | Nigeria and Moldova | none         | fail           |

    Scenario: The message names the country that is not signed
      Given the target countries are Moldova and Georgia
      And the signed Mobility Partnerships are Moldova
      When the proposal is checked
      Then the message of LEAD-2 mentions "Georgia has a Mobility Partnership"
      And the verdict is ineligible

  Rule: COAPP-1 Every co-applicant must be a public body, an NGO or another private-law body

    Scenario Outline: Who may join
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                                        | status |
        | a public body from Moldova                       | pass   |
        | an NGO from Moldova                              | pass   |
        | another private-law body from Germany            | pass   |
        | an international organisation from Austria       | fail   |
        | a natural person from Moldova                    | fail   |
        | a mandated body from Belgium mandated by Belgium | review |

  Rule: COAPP-2 A public-body co-applicant must come from another Member State or a partner country

    Scenario Outline: Where it may come from
      Given the lead applicant is a public body from Poland
      And a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-2 says <status>

      Examples:
        | applicant                         | status         |
        | a public body from Moldova        | pass           |
        | a public body from Czechia        | pass           |
        | a public body from United Kingdom | pass           |
        | a public body from Poland         | fail           |
        | a public body from Lebanon        | fail           |
        | an NGO from Lebanon               | not applicable |

    Scenario Outline: A mandated body with its registered office in one Member State and its mandate from another
      Given the lead applicant is a mandated body from Belgium mandated by France
      And a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-2 says <status>

      Examples:
        | applicant                  | status |
        | a public body from Belgium | review |
        | a public body from France  | review |
        | a public body from Germany | pass   |
        | a public body from Lebanon | fail   |

  Rule: FUND-1 The project must use one fund: AMIF, ISF-Police or ISF-Borders&Visa

    Scenario Outline: One of three
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund                   | status |
        | AMIF                   | pass   |
        | ISF-Borders            | pass   |
        | ISF-Police+ISF-Borders | fail   |
        | BMVI                   | fail   |

  Rule: FUND-2 The lead's Member State should take part in the chosen fund

    Scenario Outline: Who does not take part
      Given the fund is "<fund>"
      And the lead applicant is a public body from <state>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund       | state          | status |
        | AMIF       | Denmark        | fail   |
        | ISF-Police | United Kingdom | fail   |
        | AMIF       | Poland         | pass   |

  Rule: FUND-3 The chosen fund should have money left

    Scenario Outline: Advice only, because we do not know the date of the page
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-3 says <status>

      Examples:
        | fund        | status |
        | ISF-Police  | pass   |
        | AMIF        | fail   |
        | ISF-Borders | fail   |

  Rule: SCOPE-1 At least one target country must be an MP or CAMM country

    Scenario Outline: The countries of the call
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | countries          | status |
        | Belarus            | pass   |
        | Ethiopia           | pass   |
        | Lebanon            | fail   |
        | Lebanon and Jordan | pass   |
        | none               | fail   |

  Rule: SCOPE-2 All target countries should be MP or CAMM countries

    Scenario Outline: Other countries together with a country inside
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | countries          | status         |
        | Jordan and Morocco | pass           |
        | Jordan and Lebanon | fail           |
        | Lebanon            | not applicable |

  Rule: SCOPE-3 The activities must be fundable and fit the fund (manual review)

    Scenario: The activities the call names are shown
      Given the fund is "AMIF"
      When the proposal is checked
      Then SCOPE-3 says review
      And the message of SCOPE-3 mentions "peer-to-peer expertise"

  Rule: GRANT-1 The requested grant should be at most 95 % of the total budget

    Scenario Outline: A warning, because the sources say it about the facility, not about this call
      Given the total budget is EUR 178512.92
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 169587.27 | pass   |
        | 169587.28 | fail   |

  Rule: POT-1 The requested grant should not exceed the call's budget envelope

    Scenario Outline: About five million
      Given the requested grant is EUR <grant>
      When the proposal is checked
      Then POT-1 says <status>

      Examples:
        | grant      | status |
        | 5000000.00 | pass   |
        | 5000000.01 | fail   |

  Rule: TIME-2 The project should end within the facility's second phase

    Scenario Outline: 36 months from 1 January 2018
      Given the start date is <start>
      And the project lasts 24 months
      When the proposal is checked
      Then TIME-2 says <status>

      Examples:
        | start      | status |
        | 2019-01-01 | pass   |
        | 2019-01-02 | fail   |

  Rule: SUBMIT-1 The MPF should confirm the submission by e-mail (manual review)

    Scenario: A file cannot show it
      When the proposal is checked
      Then SUBMIT-1 says review

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: Before the publication, manual review is needed
      When the proposal is checked as of <date>
      Then DATE-1 says <status>

      Examples:
        | date       | status |
        | 2018-04-15 | review |
        | 2018-04-16 | pass   |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the facility's second phase
      When the proposal is checked as of <date>
      Then DATE-2 says <status>

      Examples:
        | date       | status |
        | 2020-12-31 | pass   |
        | 2021-01-01 | fail   |
