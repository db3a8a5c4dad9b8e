Feature: Check date
  The check uses the rules and limits in force on the check date. It does not guess what was not known then.

  Rule: The latest value on or before the date counts

    Scenario Outline: The BMVI budget envelope over time
      Given the fund is "BMVI"
      And the requested grant is EUR 4000000.00
      When the proposal is checked as of <date>
      Then POT-1 says <status>

      Examples:
        | date       | status |
        | 2023-03-09 | review |
        | 2023-03-10 | pass   |
        | 2023-12-06 | pass   |
        | 2023-12-07 | fail   |
        | 2030-01-01 | fail   |

    Scenario: Without a date, the date of the pack counts
      Given the fund is "BMVI"
      And the requested grant is EUR 4000000.00
      When the proposal is checked
      Then POT-1 says fail
      And the report is as of 2023-12-07

  Rule: The day before the call, manual review is needed

    Scenario Outline: Numbers that no source gave yet
      Given a complete proposal
      When the proposal is checked as of 2023-03-09
      Then <rule> says review
      And the message of <rule> mentions "Not known on 2023-03-09"
      And the verdict is review

      Examples:
        | rule     |
        | BUDGET-1 |
        | GRANT-1  |
        | POT-1    |

    Scenario: A changed number is known on any date
      Given the total budget is EUR 200000.00
      When the proposal is checked as of 2023-03-09 with minimum_total_budget set to 200000
      Then BUDGET-1 says pass

  Rule: A start is early or late by the check date

    Scenario Outline: The same start date on two check dates
      Given the start date is 2023-09-01
      And the declaration "not started" is answered with no
      When the proposal is checked as of <date>
      Then TIME-1 says <status>

      Examples:
        | date       | status |
        | 2023-06-01 | pass   |
        | 2023-12-07 | fail   |
