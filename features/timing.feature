Feature: When the work starts

  Rule: TIME-1 The work should not start before the application

    Scenario Outline: A declaration or a later start date
      Given the declaration "not started" is answered with <declared>
      And the start date is <start>
      When the proposal is checked as of 2023-12-07
      Then TIME-1 says <status>

      Examples:
        | declared | start        | status    |
        | yes      | not answered | pass      |
        | yes      | 2023-12-06   | pass      |
        | nothing  | 2023-12-07   | pass      |
        | nothing  | 2024-03-01   | pass      |
        | no       | 2024-03-01   | pass      |
        | no       | 2023-12-06   | fail      |
        | no       | not answered | undecided |
        | nothing  | 2023-12-06   | undecided |
        | nothing  | not answered | undecided |

    Scenario: A warning, because we do not know the exceptions
      Given a complete proposal
      And the declaration "not started" is answered with no
      And the start date is 2023-06-01
      When the proposal is checked as of 2023-12-07
      Then TIME-1 says fail
      And the message of TIME-1 mentions "2023-06-01"
      And the verdict is eligible

    Scenario: A start date that contradicts the declaration gives a note
      Given the declaration "not started" is answered with yes
      And the start date is 2020-01-01
      When the proposal is checked as of 2023-12-07
      Then TIME-1 says pass
      And the message of TIME-1 mentions "2020-01-01"

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: Launched on 10 March 2023
      Given a complete proposal
      When the proposal is checked as of <date>
      Then DATE-1 says <status>
      And the verdict is <verdict>

      Examples:
        | date       | status | verdict  |
        | 2023-03-09 | review | review   |
        | 2023-03-10 | pass   | eligible |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the latest dated source
      Given a complete proposal
      When the proposal is checked as of <date>
      Then DATE-2 says <status>
      And the verdict is eligible

      Examples:
        | date       | status |
        | 2023-12-07 | pass   |
        | 2023-12-08 | fail   |
        | 2033-12-08 | fail   |
