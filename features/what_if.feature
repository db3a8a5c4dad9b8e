Feature: What if
  You can change the numbers of the call for a question such as "what if the grant covered 90 %?". The report says so.

  Rule: A changed number is used and reported

    Scenario Outline: A share other than 95 %
      Given the total budget is EUR 400000.00
      And the requested grant is EUR 380000.00
      When the proposal is checked with maximum_grant_share set to <share>
      Then GRANT-1 says <status>
      And the report says that maximum_grant_share was set to <share>

      Examples:
        | share | status |
        | 0.95  | pass   |
        | 0.949 | fail   |
        | 0.9   | fail   |
        | 1     | pass   |

    Scenario: The message and the fix use the changed number
      Given the total budget is EUR 400000.00
      And the requested grant is EUR 380000.00
      When the proposal is checked with maximum_grant_share set to 0.9
      Then the message of GRANT-1 mentions "90 %"
      And the fix for GRANT-1 mentions "EUR 360 000.00"

    Scenario: A smaller project
      Given the total budget is EUR 178512.92
      When the proposal is checked with minimum_total_budget set to 150000
      Then BUDGET-1 says pass

    Scenario: A budget envelope that is nearly empty
      Given the fund is "ISF"
      And the requested grant is EUR 380000.00
      When the proposal is checked with isf_pot set to 300000.00
      Then POT-1 says fail
      And the fix for POT-1 mentions "EUR 300 000.00"

  Rule: Only numbers of the call can be changed

    Scenario: A name with a spelling mistake
      When maximum_grant_shares is set to 0.9
      Then that is refused with "maximum_grant_share"

    Scenario: A value that is not a number
      When maximum_grant_share is set to most
      Then that is refused with "maximum_grant_share"
