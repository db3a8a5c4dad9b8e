Feature: Declarations and consultation
  The check reads the declarations of the applicants as they are.

  Rule: EXCL-1 No applicant may be in an exclusion situation

    Scenario Outline: The declaration
      Given the declaration "no exclusion situation" is answered with <answer>
      When the proposal is checked
      Then EXCL-1 says <status>

      Examples:
        | answer  | status    |
        | yes     | pass      |
        | no      | fail      |
        | nothing | undecided |

  Rule: EXCL-2 No cost may be funded twice

    Scenario Outline: The declaration
      Given the declaration "no double funding" is answered with <answer>
      When the proposal is checked
      Then EXCL-2 says <status>

      Examples:
        | answer  | status    |
        | yes     | pass      |
        | no      | fail      |
        | nothing | undecided |

  Rule: ASK-1 The applicants should consult the MPF before submission

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
