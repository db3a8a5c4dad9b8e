Feature: As of a day
  What held on a day is what counts on that day; what was not known then is not guessed.

  Rule: The latest value not after the day counts

    Scenario Outline: The BMVI pot through time
      Given the fund is "BMVI"
      And the grant asked for is EUR 4000000.00
      When the proposal is checked as of <day>
      Then POT-1 says <status>

      Examples:
        | day        | status |
        | 2023-03-09 | review |
        | 2023-03-10 | pass   |
        | 2023-12-06 | pass   |
        | 2023-12-07 | fail   |
        | 2030-01-01 | fail   |

    Scenario: Without a day the one of the pack counts
      Given the fund is "BMVI"
      And the grant asked for is EUR 4000000.00
      When the proposal is checked
      Then POT-1 says fail
      And the report is as of 2023-12-07

  Rule: The day before the call a person must judge

    Scenario Outline: Numbers nobody had said yet
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

    Scenario: What a what-if sets is known on any day
      Given the total budget is EUR 200000.00
      When the proposal is checked as of 2023-03-09 with minimum_total_budget set to 200000
      Then BUDGET-1 says pass

  Rule: A start is early or late by the day of the check

    Scenario Outline: The same start date on two days
      Given the start date is 2023-09-01
      And the declaration "not started" is answered with no
      When the proposal is checked as of <day>
      Then TIME-1 says <status>

      Examples:
        | day        | status |
        | 2023-06-01 | pass   |
        | 2023-12-07 | fail   |
