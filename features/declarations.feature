Feature: Declarations and consultation
  What the applicants declare is read as it stands.

  Rule: EXCL-1 No applicant is in an exclusion situation

    Scenario Outline: The declaration
      Given the declaration "no exclusion situation" is answered with <answer>
      When the proposal is checked
      Then EXCL-1 says <status>

      Examples:
        | answer  | status    |
        | yes     | pass      |
        | no      | fail      |
        | nothing | undecided |

  Rule: EXCL-2 No cost is funded twice

    Scenario Outline: The declaration
      Given the declaration "no double funding" is answered with <answer>
      When the proposal is checked
      Then EXCL-2 says <status>

      Examples:
        | answer  | status    |
        | yes     | pass      |
        | no      | fail      |
        | nothing | undecided |

  Rule: ASK-1 The MPF was consulted before submission

    Scenario Outline: Advice
      Given a complete proposal
      And the consultation of the MPF is answered with <answer>
      When the proposal is checked
      Then ASK-1 says <status>
      And the verdict is eligible

      Examples:
        | answer  | status    |
        | yes     | pass      |
        | no      | fail      |
        | nothing | undecided |
