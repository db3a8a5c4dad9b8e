Feature: Budget envelopes
  In December 2023 the MPF gave EUR 3.9 million for BMVI projects and EUR 10 million for ISF projects. Before that date,
  the sources give only EUR 11 million for the whole call.

  Rule: POT-1 The requested grant must not exceed the fund's budget envelope

    Scenario Outline: As of 7 December 2023
      Given the fund is "<fund>"
      And the requested grant is EUR <grant>
      When the proposal is checked as of 2023-12-07
      Then POT-1 says <status>

      Examples:
        | fund | grant       | status         |
        | BMVI | 3900000.00  | pass           |
        | BMVI | 3900000.01  | fail           |
        | ISF  | 3900000.01  | pass           |
        | ISF  | 10000000.00 | pass           |
        | ISF  | 10000000.01 | fail           |
        | AMIF | 100000.00   | not applicable |

    Scenario Outline: As of 1 June 2023, when the amount for each fund was not known
      Given the fund is "<fund>"
      And the requested grant is EUR <grant>
      When the proposal is checked as of 2023-06-01
      Then POT-1 says <status>

      Examples:
        | fund | grant       | status |
        | BMVI | 3900000.01  | pass   |
        | BMVI | 11000000.00 | pass   |
        | BMVI | 11000000.01 | fail   |
        | ISF  | 11000000.00 | pass   |
        | ISF  | 11000000.01 | fail   |

    Scenario: The message says which budget envelope is meant
      Given the fund is "BMVI"
      And the requested grant is EUR 3900000.01
      When the proposal is checked
      Then the message of POT-1 mentions "BMVI budget envelope"
      And the message of POT-1 mentions "EUR 3 900 000.00"
      And the message of POT-1 mentions "On 7 December 2023"
      And the message of POT-1 does not mention "is left"

    Scenario: The message names the date of the figure, not the check date
      Given the fund is "BMVI"
      And the requested grant is EUR 3900000.01
      When the proposal is checked as of 2026-11-28
      Then POT-1 says fail
      And the message of POT-1 mentions "On 7 December 2023"
      And the message of POT-1 mentions "do not say how much of the budget envelope is left on 2026-11-28"

    Scenario: The message says that the amount for each fund was not known
      Given the fund is "BMVI"
      And the requested grant is EUR 11000000.01
      When the proposal is checked as of 2023-06-01
      Then the message of POT-1 mentions "the sources do not say how much of it was for the BMVI"
      And the message of POT-1 mentions "EUR 11 000 000.00"

    Scenario: Before the call, no amount was known
      Given the fund is "BMVI"
      And the requested grant is EUR 100000.00
      When the proposal is checked as of 2023-03-09
      Then POT-1 says review

  Rule: POT-2 All requested grants together should fit the budget envelopes

    Scenario: It does not apply to a single proposal
      Given a complete proposal
      When the proposal is checked
      Then POT-2 says not applicable
