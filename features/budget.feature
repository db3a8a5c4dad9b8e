Feature: The budget
  The limits of the call are shares of the total budget. So the budget must add up, and it must be large enough.

  Rule: BUDGET-1 The total budget must be at least EUR 200 000

    Scenario Outline: Small and large
      Given the total budget is EUR <total>
      When the proposal is checked
      Then BUDGET-1 says <status>

      Examples:
        | total     | status |
        | 0         | fail   |
        | 199999.99 | fail   |
        | 200000    | pass   |
        | 200000.00 | pass   |
        | 200000.01 | pass   |
        | 900000000 | pass   |
        | 178512.92 | fail   |

    Scenario: The message gives the missing amount
      Given the total budget is EUR 199999.99
      When the proposal is checked
      Then the message of BUDGET-1 mentions "EUR 199 999.99"
      And the message of BUDGET-1 mentions "EUR 0.01 below the minimum"
      And the fix for BUDGET-1 mentions "EUR 200 000.00"

    Scenario: The minimum is for the budget, not for the grant
      Given the total budget is EUR 200000.00
      And the requested grant is EUR 190000.00
      When the proposal is checked
      Then BUDGET-1 says pass

    Scenario: No total yet
      Given an empty draft
      When the proposal is checked
      Then BUDGET-1 says undecided
      And BUDGET-1 needs the answer "/budget/total"

  Rule: BUDGET-2 Each budget line must equal its quantity multiplied by its unit cost

    Scenario Outline: 5.5 months at EUR 1000.33 are 5501.815
      Given a budget line of <quantity> at EUR <unit cost> for EUR <amount>
      When the proposal is checked
      Then BUDGET-2 says <status>

      Examples:
        | quantity | unit cost | amount    | status |
        | 24       | 5000.00   | 120000.00 | pass   |
        | 5.5      | 1000.33   | 5501.80   | fail   |
        | 5.5      | 1000.33   | 5501.81   | pass   |
        | 5.5      | 1000.33   | 5501.82   | pass   |
        | 5.5      | 1000.33   | 5501.83   | pass   |
        | 5.5      | 1000.33   | 5501.84   | fail   |

    Scenario: The accepted cent gives a note
      Given a budget line of 5.5 at EUR 1000.33 for EUR 5501.81
      When the proposal is checked
      Then the message of BUDGET-2 mentions "EUR 5 501.82"

    Scenario: A correct line has no message
      Given a budget line of 5.5 at EUR 1000.33 for EUR 5501.82
      When the proposal is checked
      Then there is no message of BUDGET-2

    Scenario: The fix gives the correct amount
      Given a budget line of 5.5 at EUR 1000.33 for EUR 5501.80
      When the proposal is checked
      Then the fix for BUDGET-2 mentions "EUR 5 501.82"

    Scenario: An incomplete line
      Given a budget line of 24 at EUR 5000.00
      When the proposal is checked
      Then BUDGET-2 says undecided
      And BUDGET-2 needs the answer "/budget/lines/0/amount"

  Rule: BUDGET-3 The sum of the budget lines must equal the total budget

    Scenario Outline: Two lines and a total
      Given a budget line for EUR 150000.10
      And a budget line for EUR <amount>
      And the total budget is EUR 200000.00
      When the proposal is checked
      Then BUDGET-3 says <status>

      Examples:
        | amount   | status |
        | 49999.89 | fail   |
        | 49999.90 | pass   |
        | 49999.91 | fail   |

    Scenario: The fix gives both ways to meet the rule
      Given a budget line for EUR 150000.10
      And a budget line for EUR 49999.89
      And the total budget is EUR 200000.00
      When the proposal is checked
      Then the message of BUDGET-3 mentions "EUR 0.01 too low"
      And the fix for BUDGET-3 mentions "EUR 199 999.99"
      And the fix for BUDGET-3 mentions "EUR 200 000.00"

  Rule: BUDGET-4 Indirect costs and the contingency reserve should be within the usual shares

    Scenario Outline: With direct costs of EUR 100 000
      Given a budget line under travel for EUR 100000.00
      And a budget line under indirect costs for EUR <indirect>
      And a budget line under contingency reserve for EUR <reserve>
      When the proposal is checked
      Then BUDGET-4 says <status>

      Examples:
        | indirect | reserve | status |
        | 0        | 0       | pass   |
        | 7000.00  | 5000.00 | pass   |
        | 7000.01  | 0       | fail   |
        | 0        | 5000.01 | fail   |
        | 7350.00  | 5000.00 | fail   |

    Scenario: The message says which base was used, and it is advice only
      Given a complete proposal
      And there are no budget lines
      And a budget line under travel for EUR 365000.00
      And a budget line under indirect costs for EUR 35000.00
      When the proposal is checked
      Then BUDGET-4 says fail
      And the message of BUDGET-4 mentions "7 % of the direct costs is EUR 25 550.00"
      And the message of BUDGET-4 mentions "without the reserve"
      And the verdict is eligible

  Rule: A total alone is enough if there are no budget lines

    Scenario Outline: Rules on lines do not apply
      Given the total budget is EUR 400000.00
      And there are no budget lines
      When the proposal is checked
      Then <rule> says not applicable

      Examples:
        | rule     |
        | BUDGET-2 |
        | BUDGET-3 |
        | BUDGET-4 |
