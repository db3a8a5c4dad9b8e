Feature: What the pots hold
  In December 2023 the MPF named EUR 3.9 million for BMVI projects and EUR 10 million for ISF projects. Before that only
  EUR 11 million for the whole call were known.

  Rule: POT-1 The grant is no more than its pot holds

    Scenario Outline: As of 7 December 2023
      Given the fund is "<fund>"
      And the grant asked for is EUR <grant>
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

    Scenario Outline: As of 1 June 2023, when the split was not known
      Given the fund is "<fund>"
      And the grant asked for is EUR <grant>
      When the proposal is checked as of 2023-06-01
      Then POT-1 says <status>

      Examples:
        | fund | grant       | status |
        | BMVI | 3900000.01  | pass   |
        | BMVI | 11000000.00 | pass   |
        | BMVI | 11000000.01 | fail   |
        | ISF  | 11000000.00 | pass   |
        | ISF  | 11000000.01 | fail   |

    Scenario: The message says which money is meant
      Given the fund is "BMVI"
      And the grant asked for is EUR 3900000.01
      When the proposal is checked
      Then the message of POT-1 mentions "BMVI envelope"
      And the message of POT-1 mentions "EUR 3 900 000.00"
      And the message of POT-1 mentions "On 7 December 2023"
      And the message of POT-1 does not mention "what is left"

    Scenario: The message names the day of the figure, not the day of the check
      Given the fund is "BMVI"
      And the grant asked for is EUR 3900000.01
      When the proposal is checked as of 2026-11-28
      Then POT-1 says fail
      And the message of POT-1 mentions "On 7 December 2023"
      And the message of POT-1 mentions "do not say what is left of it on 2026-11-28"

    Scenario: The message says that the split was not known
      Given the fund is "BMVI"
      And the grant asked for is EUR 11000000.01
      When the proposal is checked as of 2023-06-01
      Then the message of POT-1 mentions "the sources do not say how much of that was for the BMVI"
      And the message of POT-1 mentions "EUR 11 000 000.00"

    Scenario: Before the call nothing was known
      Given the fund is "BMVI"
      And the grant asked for is EUR 100000.00
      When the proposal is checked as of 2023-03-09
      Then POT-1 says review

  Rule: POT-2 The requests checked together fit into the pots

    Scenario: It says nothing of one proposal
      Given a complete proposal
      When the proposal is checked
      Then POT-2 says not applicable
