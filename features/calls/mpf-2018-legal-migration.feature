Feature: Pilot Projects on Legal Migration, 2018
  The facility's other call of 2018. International organisations may join this call. Its countries are in its concept
  note. We did not find the concept note, the budget or the share of the grant.

  Background:
    Given the call is "mpf-2018-legal-migration"

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
        | applicant                                        | status |
        | a public body from Lithuania                     | pass   |
        | a public body from United Kingdom                | pass   |
        | a public body from Nigeria                       | fail   |
        | an international organisation from Belgium       | fail   |
        | an NGO from Lithuania                            | fail   |
        | a mandated body from Belgium mandated by Belgium | review |
        | a mandated body from Belgium mandated by Morocco | fail   |

    Scenario Outline: The United Kingdom was a Member State until 31 January 2020
      Given the lead applicant is a public body from United Kingdom
      When the proposal is checked as of <date>
      Then LEAD-1 says <status>

      Examples:
        | date       | status |
        | 2020-01-31 | pass   |
        | 2020-02-01 | review |
        | 2020-06-01 | review |

  Rule: COAPP-1 Every co-applicant must be a type of organisation that the call allows

    Scenario Outline: Who may join
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                                        | status |
        | an NGO from Nigeria                              | pass   |
        | another private-law body from Lithuania          | pass   |
        | an international organisation from Austria       | pass   |
        | a public body from Belgium                       | pass   |
        | a public body from Nigeria                       | review |
        | a mandated body from Belgium mandated by Belgium | review |
        | a natural person from Nigeria                    | fail   |

    Scenario: Public bodies of Member States pass with a note, because the answers that we read do not name them
      Given a co-applicant "Ministry of Labour" is a public body from Belgium
      When the proposal is checked
      Then the message of COAPP-1 mentions "Ask the MPF"

  Rule: FUND-1 The project must use one fund only

    Scenario Outline: Never two funds, and the sources do not say which fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund            | status |
        | AMIF            | pass   |
        | ISF-Police      | pass   |
        | AMIF+ISF-Police | fail   |
        | BMVI            | review |

  Rule: FUND-2 The project should use the AMIF

    Scenario Outline: Advice, because the sources do not say which fund pays
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund        | status |
        | AMIF        | pass   |
        | ISF-Borders | fail   |

  Rule: FUND-3 The lead's Member State should take part in the AMIF

    Scenario Outline: Denmark does not take part
      Given the fund is "<fund>"
      And the lead applicant is a public body from <state>
      When the proposal is checked
      Then FUND-3 says <status>

      Examples:
        | fund       | state   | status         |
        | AMIF       | Denmark | fail           |
        | AMIF       | Sweden  | pass           |
        | ISF-Police | Denmark | not applicable |

  Rule: SCOPE-1 The target countries must be in the call's concept note

    Scenario Outline: We did not find the concept note, so we ask the applicant
      Given the target countries are <countries>
      And the concept note names <named>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | countries                  | named                      | status    |
        | Nigeria                    | Nigeria                    | pass      |
        | Nigeria                    | none                       | fail      |
        | Egypt, Morocco and Tunisia | Egypt, Morocco and Tunisia | pass      |
        | Egypt, Morocco and Tunisia | Egypt and Morocco          | review    |
        | Egypt, Morocco and Tunisia | none                       | fail      |
        | Nigeria                    | not answered               | undecided |

  Rule: SCOPE-2 The project must be a pilot project on legal migration (manual review)

    Scenario: The message shows the four pilots to compare with
      When the proposal is checked
      Then SCOPE-2 says review
      And the message of SCOPE-2 mentions "Lithuania with Nigeria"

  Rule: SCOPE-3 The project must work with a country outside the EU

    Scenario Outline: A pilot has a partner country
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-3 says <status>

      Examples:
        | countries          | status |
        | Morocco            | pass   |
        | France and Morocco | pass   |
        | France             | fail   |
        | none               | fail   |

  Rule: GRANT-1 The requested grant should be at most 95 % of the total budget

    Scenario Outline: A warning, because the sources do not say it about this call
      Given the total budget is EUR 200000.00
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 190000.00 | pass   |
        | 190000.01 | fail   |

  Rule: POT-1 The requested grant should not exceed the budget of the facility's second phase

    Scenario Outline: The budget of both calls together
      Given the requested grant is EUR <grant>
      When the proposal is checked
      Then POT-1 says <status>

      Examples:
        | grant       | status |
        | 12500000.00 | pass   |
        | 12500000.01 | fail   |

  Rule: TIME-2 The project should end within the facility's second phase

    Scenario Outline: 36 months from 1 January 2018
      Given the start date is 2019-01-01
      And the project lasts <months> months
      When the proposal is checked
      Then TIME-2 says <status>

      Examples:
        | months | status |
        | 24     | pass   |
        | 25     | fail   |

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: Before the facility's second phase, manual review is needed
      When the proposal is checked as of <date>
      Then DATE-1 says <status>

      Examples:
        | date       | status |
        | 2017-12-31 | review |
        | 2018-01-01 | pass   |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the facility's second phase
      When the proposal is checked as of <date>
      Then DATE-2 says <status>

      Examples:
        | date       | status |
        | 2020-12-31 | pass   |
        | 2021-01-01 | fail   |
