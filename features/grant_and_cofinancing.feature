Feature: Grant and co-financing
  The grant can cover up to 95 % of the total project budget. The applicants must provide the co-financing.

  Rule: GRANT-1 The requested grant must be at most 95 % of the total budget

    Scenario Outline: To the cent, and never rounded in the applicant's favour
      Given the total budget is EUR <total>
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples: Exactly 95 %
        | total     | grant     | status |
        | 200000.00 | 190000.00 | pass   |
        | 200000.00 | 190000.01 | fail   |

      Examples: Romania and Moldova in 2016, where 95 % is 169587.2740
        | total     | grant     | status |
        | 178512.92 | 169587.27 | pass   |
        | 178512.92 | 169587.28 | fail   |

      Examples: Other real projects
        | total     | grant     | status |
        | 493165.00 | 468479.00 | pass   |

    Scenario: The fix gives both ways to meet the rule
      Given the total budget is EUR 200000.00
      And the requested grant is EUR 190000.01
      When the proposal is checked
      Then the message of GRANT-1 mentions "EUR 190 000.01"
      And the fix for GRANT-1 mentions "Lower the requested grant to EUR 190 000.00"
      And the fix for GRANT-1 mentions "raise the total budget to EUR 200 000.02"

    Scenario Outline: The amounts in the fix meet the rule
      Given the total budget is EUR <total>
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says pass

      Examples:
        | total     | grant     |
        | 200000.00 | 190000.00 |
        | 200000.02 | 190000.01 |

    Scenario Outline: One of the two amounts is missing
      Given the <given> is EUR 190000.00
      When the proposal is checked
      Then GRANT-1 says undecided
      And GRANT-1 needs the answer "<missing>"

      Examples:
        | given           | missing                    |
        | total budget    | /financing/grant_requested |
        | requested grant | /budget/total              |

  Rule: COFIN-1 The grant and the co-financing must cover the whole budget

    Background:
      Given the total budget is EUR 400000.00
      And the requested grant is EUR 380000.00

    Scenario Outline: Co-financing from the applicants
      Given co-financing of <amounts>
      When the proposal is checked
      Then COFIN-1 says <status>

      Examples:
        | amounts                       | status |
        | EUR 20000.00                  | pass   |
        | EUR 10000.00 and EUR 10000.00 | pass   |
        | EUR 20000.01                  | pass   |
        | EUR 19999.99                  | fail   |
        | EUR 10000.00 and EUR 9999.99  | fail   |
        | nothing                       | fail   |

    Scenario: The message gives the missing amount
      Given co-financing of EUR 19999.99
      When the proposal is checked
      Then the message of COFIN-1 mentions "EUR 0.01 of it has no funding"
      And the fix for COFIN-1 mentions "EUR 0.01"

    Scenario: No answer yet about the co-financing
      When the proposal is checked
      Then COFIN-1 says undecided
      And COFIN-1 needs the answer "/financing/contributions"

  Rule: COFIN-2 The grant and the co-financing should not exceed the budget

    Scenario Outline: No profit
      Given the total budget is EUR 400000.00
      And the requested grant is EUR 380000.00
      And co-financing of <amounts>
      When the proposal is checked
      Then COFIN-2 says <status>

      Examples:
        | amounts      | status |
        | EUR 19999.99 | pass   |
        | EUR 20000.00 | pass   |
        | EUR 20000.01 | fail   |

  Rule: COFIN-3 The co-financing should come from the applicants, not from other EU funding

    Scenario Outline: Where the co-financing comes from
      Given a co-financing source of EUR 20000.00 as <type>
      When the proposal is checked
      Then COFIN-3 says <status>

      Examples:
        | type                     | status |
        | staff salaries           | pass   |
        | cash                     | pass   |
        | contribution in kind     | pass   |
        | money from a third party | pass   |
        | other EU funding         | fail   |

    Scenario: One of several co-financing sources
      Given a co-financing source of EUR 15000.00 as staff salaries
      And a co-financing source of EUR 5000.00 as other EU funding
      When the proposal is checked
      Then COFIN-3 says fail
      And the message of COFIN-3 mentions "EUR 5 000.00"

    Scenario: Money from a third party passes with a note
      Given a co-financing source of EUR 5000.00 as money from a third party
      When the proposal is checked
      Then the message of COFIN-3 mentions "Ask the MPF"

    Scenario: No co-financing, no question
      Given co-financing of nothing
      When the proposal is checked
      Then COFIN-3 says not applicable
