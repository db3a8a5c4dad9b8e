Feature: Drafts
  An absent field is not answered yet, never "no" and never zero. What is decided on a draft stays decided, however the
  rest is filled in.

  Rule: A missing answer is named

    Scenario Outline: Taking one answer out of a complete proposal
      Given a complete proposal
      And the answer "<pointer>" is taken out
      When the proposal is checked
      Then <rule> says undecided
      And <rule> waits for "<pointer>"
      And the verdict is incomplete

      Examples:
        | pointer                                | rule     |
        | /fund                                  | FUND-1   |
        | /lead/kind                             | LEAD-1   |
        | /lead/country                          | LEAD-1   |
        | /co_applicants                         | COAPP-1  |
        | /co_applicants/0/kind                  | COAPP-2  |
        | /co_applicants/1/non_profit            | COAPP-4  |
        | /budget/total                          | BUDGET-1 |
        | /budget/lines/0/amount                 | BUDGET-3 |
        | /financing/grant_requested             | GRANT-1  |
        | /financing/contributions               | COFIN-1  |
        | /target_countries                      | SCOPE-1  |
        | /declarations/no_exclusion_situation   | EXCL-1   |
        | /declarations/no_double_funding        | EXCL-2   |

    Scenario: Of a whole part that is missing, the answer that is needed is named
      Given a complete proposal
      And the answer "/declarations" is taken out
      When the proposal is checked
      Then EXCL-2 says undecided
      And EXCL-2 waits for "/declarations/no_double_funding"

  Rule: What is decided needs no more answers

    Scenario: An NGO cannot lead, wherever it is
      Given the lead applicant is an NGO
      When the proposal is checked
      Then LEAD-1 says fail

    Scenario: One natural person among co-applicants is enough
      Given a co-applicant is an organisation from Moldova
      And a co-applicant is a natural person
      When the proposal is checked
      Then COAPP-1 says fail

    Scenario: A declared start needs no date
      Given the declaration "not started" is answered with yes
      When the proposal is checked
      Then TIME-1 says pass

    Scenario: A country inside is enough, whatever else is said
      Given the target countries are Moldova
      When the proposal is checked
      Then SCOPE-1 says pass

  Rule: A list that is there is complete

    Scenario: No contributions means none
      Given the total budget is EUR 400000.00
      And the grant asked for is EUR 380000.00
      And contributions of nothing
      When the proposal is checked
      Then COFIN-1 says fail

    Scenario: No co-applicants means none
      Given there are no co-applicants
      When the proposal is checked
      Then COAPP-2 says not applicable
