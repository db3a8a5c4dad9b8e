Feature: The verdict
  All rules together give one verdict, the first that applies: ineligible, inconclusive, incomplete, review, eligible. Only
  blocking rules count. Rules for manual review never count. A file that cannot be read is invalid.

  Rule: The most serious status of the blocking rules decides

    Scenario Outline: Two blocking rules, and all other rules pass
      Given every rule of the call says pass
      And the blocking rule GRANT-1 says <one>
      And the blocking rule SCOPE-1 says <other>
      Then the verdict on these is <verdict>

      Examples:
        | one          | other          | verdict      |
        | pass         | pass           | eligible     |
        | pass         | not applicable | eligible     |
        | review       | pass           | review       |
        | undecided    | review         | incomplete   |
        | review       | undecided      | incomplete   |
        | inconclusive | undecided      | inconclusive |
        | undecided    | inconclusive   | inconclusive |
        | fail         | inconclusive   | ineligible   |
        | inconclusive | fail           | ineligible   |
        | fail         | fail           | ineligible   |

    Scenario Outline: Warnings and advice never decide
      Given every rule of the call says pass
      And the rule <rule> says <status>
      Then the verdict on these is eligible

      Examples:
        | rule   | status       |
        | FUND-2 | fail         |
        | FUND-2 | inconclusive |
        | LEAD-2 | undecided    |
        | ASK-1  | fail         |

    Scenario Outline: Rules for manual review never decide
      Given every rule of the call says pass
      And the rule <rule> says <status>
      Then the verdict on these is eligible

      Examples:
        | rule    | status    |
        | COAPP-5 | review    |
        | COAPP-5 | undecided |
        | SCOPE-3 | review    |
        | SCOPE-4 | review    |

  Rule: Whole proposals

    Scenario: All answers meet the rules
      Given a complete proposal
      When the proposal is checked
      Then the verdict is eligible

    Scenario: Nothing answered
      Given an empty draft
      When the proposal is checked
      Then the verdict is incomplete

    Scenario: A rule that is not met counts more than a missing answer
      Given an empty draft
      And the fund is "AMIF"
      When the proposal is checked
      Then the verdict is ineligible

    Scenario: Only a country that sources disagree on
      Given a complete proposal
      And the target countries are India
      When the proposal is checked
      Then the verdict is review

    Scenario: A missing answer counts more than a country that needs review
      Given a complete proposal
      And the target countries are India
      And the declaration "no double funding" is answered with nothing
      When the proposal is checked
      Then the verdict is incomplete

    Scenario: A file that is not a proposal
      Given a file with the text "{"
      When the file is checked
      Then the verdict is invalid
