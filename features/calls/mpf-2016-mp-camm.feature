Feature: The first call, 2016
  Public bodies of Member States work with the countries of Mobility Partnerships and Common Agendas. Other organisations
  may not take part. A project must use one of three funds, up to 95 %, and must end by 31 August 2018.

  Background:
    Given the call is "mpf-2016-mp-camm"

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
        | a public body from Romania                      | pass      |
        | a public body from United Kingdom               | pass      |
        | a public body from Moldova                      | fail      |
        | a public body from Norway                       | fail      |
        | an NGO from Romania                             | fail      |
        | an international organisation from Austria      | fail      |
        | a mandated body from France mandated by France  | review    |
        | a mandated body from France mandated by Moldova | fail      |
        | a public body                                   | undecided |

    Scenario Outline: The United Kingdom was a Member State until 31 January 2020
      Given the lead applicant is a public body from United Kingdom
      When the proposal is checked as of <date>
      Then LEAD-1 says <status>

      Examples:
        | date       | status |
        | 2020-01-31 | pass   |
        | 2020-02-01 | review |

    Scenario: The private consultancy whose application was rejected in 2016
      Given the lead applicant is another private-law body from Belgium
      When the proposal is checked
      Then LEAD-1 says fail
      And the verdict is ineligible
      And the message of LEAD-1 mentions "Other private-law body"

  Rule: COAPP-1 Every co-applicant must be a public body

    Scenario Outline: Who may join
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                                        | status |
        | a public body from Moldova                       | pass   |
        | an NGO from Moldova                              | fail   |
        | another private-law body from Romania            | fail   |
        | an international organisation from Austria       | fail   |
        | a mandated body from Romania mandated by Romania | review |

    Scenario: Others may be sub-contractors
      Given a co-applicant is an NGO from Moldova
      When the proposal is checked
      Then the fix for COAPP-1 mentions "sub-contractor"

  Rule: COAPP-2 A co-applicant must come from another Member State or a partner country

    Scenario Outline: Where it may come from
      Given the lead applicant is a public body from Romania
      And a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-2 says <status>

      Examples:
        | applicant                   | status         |
        | a public body from Moldova  | pass           |
        | a public body from Lebanon  | pass           |
        | a public body from Bulgaria | pass           |
        | a public body from Romania  | fail           |
        | a public body from Ukraine  | fail           |
        | an NGO from Ukraine         | not applicable |

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
        | a public body from Moldova | pass   |
        | a public body from Ukraine | fail   |

  Rule: SUB-1 Sub-contractors should do a minor part only (manual review)

    Scenario Outline: Any payment needs manual review
      Given the total budget is EUR 200000.00
      And sub-contractors receive EUR <amount>
      When the proposal is checked
      Then SUB-1 says <status>

      Examples:
        | amount   | status         |
        | 0.00     | not applicable |
        | 0.01     | review         |
        | 20000.00 | review         |

    Scenario: The message gives the amount
      Given the total budget is EUR 200000.00
      And sub-contractors receive EUR 20000.00
      When the proposal is checked
      Then the message of SUB-1 mentions "EUR 20 000.00 to sub-contractors. The total budget is EUR 200 000.00"

  Rule: FUND-1 The project must use one fund: AMIF, ISF-Police or ISF-Borders&Visa

    Scenario Outline: One of three, and never two
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | fund            | status |
        | AMIF            | pass   |
        | ISF-Police      | pass   |
        | ISF-Borders     | pass   |
        | AMIF+ISF-Police | fail   |
        | BMVI            | fail   |
        | ISF             | fail   |

  Rule: FUND-2 The lead's Member State should take part in the chosen fund

    Scenario Outline: Who does not take part
      Given the fund is "<fund>"
      And the lead applicant is a public body from <state>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund        | state          | status         |
        | AMIF        | Denmark        | fail           |
        | AMIF        | United Kingdom | pass           |
        | ISF-Police  | Denmark        | fail           |
        | ISF-Police  | United Kingdom | fail           |
        | ISF-Police  | Romania        | pass           |
        | ISF-Borders | Denmark        | not applicable |

    Scenario Outline: For a mandated body, the state that gave the mandate counts
      Given the fund is "AMIF"
      And the lead applicant is <applicant>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | applicant                                        | status |
        | a mandated body from Belgium mandated by Denmark | fail   |
        | a mandated body from Denmark mandated by Belgium | pass   |

  Rule: SCOPE-1 At least one target country must be an MP or CAMM country

    Scenario Outline: The countries of the call
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | countries           | status    |
        | Cape Verde          | pass      |
        | India               | pass      |
        | Belarus             | pass      |
        | Lebanon             | pass      |
        | Ukraine             | fail      |
        | Ukraine and Moldova | pass      |
        | none                | fail      |
        | not answered        | undecided |

    Scenario: The country outside, from an application that was rejected in 2016
      Given the target countries are Ukraine
      When the proposal is checked
      Then SCOPE-1 says fail
      And the verdict is ineligible
      And the message of SCOPE-1 mentions "Ukraine"
      And the fix for SCOPE-1 mentions "at least one country of this call"

  Rule: SCOPE-2 All target countries should be MP or CAMM countries

    Scenario Outline: Other countries together with a country inside
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | countries           | status         |
        | Moldova and Georgia | pass           |
        | Moldova and Ukraine | fail           |
        | Ukraine             | not applicable |

  Rule: SCOPE-3 The project must fit the themes of its fund (manual review)

    Scenario Outline: The message shows the themes that we know
      Given the fund is "<fund>"
      When the proposal is checked
      Then SCOPE-3 says review
      And the message of SCOPE-3 mentions "<known>"

      Examples:
        | fund       | known                                               |
        | AMIF       | pre-departure training                              |
        | ISF-Police | We did not find the themes of this fund in the call |

  Rule: SCOPE-4 The priority should come from the declaration, annex or scoreboard of the partnership

    Scenario Outline: Where a priority may come from
      Given the priority was taken from <where>
      When the proposal is checked
      Then SCOPE-4 says <status>

      Examples:
        | where           | status |
        | the declaration | pass   |
        | the annex       | pass   |
        | the scoreboard  | pass   |
        | none of these   | fail   |

  Rule: GRANT-1 The requested grant must be at most 95 % of the total budget

    Scenario Outline: To the cent
      Given the total budget is EUR <total>
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples: Romania and Moldova, 2016
        | total     | grant     | status |
        | 178512.92 | 169587.27 | pass   |
        | 178512.92 | 169587.28 | fail   |

      Examples: France and Armenia, 2016
        | total     | grant     | status |
        | 493165.00 | 468479.00 | pass   |
        | 493165.00 | 468506.75 | pass   |
        | 493165.00 | 468506.76 | fail   |

    Scenario: No minimum is known
      Given the total budget is EUR 1.00
      And the requested grant is EUR 0.95
      When the proposal is checked
      Then GRANT-1 says pass

  Rule: POT-1 The requested grant should not exceed the budget of the whole facility

    Scenario Outline: The budget of the facility
      Given the requested grant is EUR <grant>
      When the proposal is checked as of <date>
      Then POT-1 says <status>

      Examples:
        | grant      | date       | status |
        | 5500000.00 | 2016-04-18 | pass   |
        | 5500000.01 | 2016-04-18 | fail   |
        | 5500000.00 | 2016-04-17 | review |

  Rule: TIME-2 The project must end by 31 August 2018

    Scenario Outline: The last date
      Given the start date is <start>
      And the project lasts <months> months
      When the proposal is checked as of <date>
      Then TIME-2 says <status>

      Examples: After the extension
        | start      | months | date       | status |
        | 2017-09-01 | 12     | 2017-02-28 | pass   |
        | 2017-09-02 | 12     | 2017-02-28 | fail   |
        | 2017-09-01 | 13     | 2017-02-28 | fail   |

      Examples: Before the extension, when another end date applied
        | start      | months | date       | status |
        | 2016-09-01 | 12     | 2017-02-27 | review |

    Scenario: The message names both dates
      Given the start date is 2017-09-02
      And the project lasts 12 months
      When the proposal is checked
      Then the message of TIME-2 mentions "ends on 2018-09-01"
      And the message of TIME-2 mentions "must end by 2018-08-31"

  Rule: TIME-3 The application should be made by May 2017

    Scenario Outline: Advice, by the check date
      Given an empty draft
      And the call is "mpf-2016-mp-camm"
      When the proposal is checked as of <date>
      Then TIME-3 says <status>

      Examples:
        | date       | status |
        | 2017-05-31 | pass   |
        | 2017-06-01 | fail   |
        | 2017-02-27 | review |

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: Before the publication, manual review is needed
      When the proposal is checked as of <date>
      Then DATE-1 says <status>

      Examples:
        | date       | status |
        | 2016-04-17 | review |
        | 2016-04-18 | pass   |
        | 2019-06-01 | pass   |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the implementation period
      When the proposal is checked as of <date>
      Then DATE-2 says <status>

      Examples:
        | date       | status |
        | 2018-08-31 | pass   |
        | 2018-09-01 | fail   |
