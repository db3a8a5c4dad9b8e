Feature: Grant and co-financing
  The grant can cover up to 95 % of the total project budget; the rest is for the applicants to bring.

  Rule: GRANT-1 The grant is at most 95 % of the total budget

    Scenario Outline: To the cent, and never rounded in the applicant's favour
      Given the total budget is EUR <total>
      And the grant asked for is EUR <grant>
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

    Scenario: Both ways out are offered
      Given the total budget is EUR 200000.00
      And the grant asked for is EUR 190000.01
      When the proposal is checked
      Then the message of GRANT-1 mentions "EUR 190 000.01"
      And the fix for GRANT-1 mentions "Lower the grant to EUR 190 000.00"
      And the fix for GRANT-1 mentions "raise the total budget to EUR 200 000.02"

    Scenario Outline: The offered amounts are good ones
      Given the total budget is EUR <total>
      And the grant asked for is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says pass

      Examples:
        | total     | grant     |
        | 200000.00 | 190000.00 |
        | 200000.02 | 190000.01 |

    Scenario Outline: One of the two is missing
      Given the <given> is EUR 190000.00
      When the proposal is checked
      Then GRANT-1 says undecided
      And GRANT-1 waits for "<missing>"

      Examples:
        | given           | missing                    |
        | total budget    | /financing/grant_requested |
        | grant asked for | /budget/total              |

  Rule: COFIN-1 Grant and contributions cover the whole budget

    Background:
      Given the total budget is EUR 400000.00
      And the grant asked for is EUR 380000.00

    Scenario Outline: What the applicants bring
      Given contributions of <amounts>
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

    Scenario: The gap is named
      Given contributions of EUR 19999.99
      When the proposal is checked
      Then the message of COFIN-1 mentions "EUR 0.01 are not covered"
      And the fix for COFIN-1 mentions "EUR 0.01"

    Scenario: Not said yet who brings the rest
      When the proposal is checked
      Then COFIN-1 says undecided
      And COFIN-1 waits for "/financing/contributions"

  Rule: COFIN-2 Grant and contributions are not more than the budget

    Scenario Outline: No profit
      Given the total budget is EUR 400000.00
      And the grant asked for is EUR 380000.00
      And contributions of <amounts>
      When the proposal is checked
      Then COFIN-2 says <status>

      Examples:
        | amounts      | status |
        | EUR 19999.99 | pass   |
        | EUR 20000.00 | pass   |
        | EUR 20000.01 | fail   |

  Rule: COFIN-3 The rest comes from the applicants, not from other EU money

    Scenario Outline: Where a contribution comes from
      Given a contribution of EUR 20000.00 as <kind>
      When the proposal is checked
      Then COFIN-3 says <status>

      Examples:
        | kind                     | status |
        | staff salaries           | pass   |
        | cash                     | pass   |
        | contribution in kind     | pass   |
        | money from a third party | pass   |
        | other EU funding         | fail   |

    Scenario: Among others
      Given a contribution of EUR 15000.00 as staff salaries
      And a contribution of EUR 5000.00 as other EU funding
      When the proposal is checked
      Then COFIN-3 says fail
      And the message of COFIN-3 mentions "EUR 5 000.00"

    Scenario: Money of a third party is let pass with a word
      Given a contribution of EUR 5000.00 as money from a third party
      When the proposal is checked
      Then the message of COFIN-3 mentions "ask the MPF"

    Scenario: No contributions, nothing to ask
      Given contributions of nothing
      When the proposal is checked
      Then COFIN-3 says not applicable
