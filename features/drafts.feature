Feature: Drafts
  An absent field is not answered yet. It never means "no" or zero. A rule that is decided on a draft stays decided, with
  any further answers.

  Rule: A missing answer is named

    Scenario Outline: Removing one answer from a complete proposal
      Given a complete proposal
      And the answer "<pointer>" is removed
      When the proposal is checked
      Then <rule> says undecided
      And <rule> needs the answer "<pointer>"
      And the verdict is incomplete

      Examples:
        | pointer                              | rule     |
        | /fund                                | FUND-1   |
        | /lead/kind                           | LEAD-1   |
        | /lead/country                        | LEAD-1   |
        | /co_applicants                       | COAPP-1  |
        | /co_applicants/0/kind                | COAPP-2  |
        | /co_applicants/1/non_profit          | COAPP-4  |
        | /budget/total                        | BUDGET-1 |
        | /budget/lines/0/amount               | BUDGET-3 |
        | /financing/grant_requested           | GRANT-1  |
        | /financing/contributions             | COFIN-1  |
        | /target_countries                    | SCOPE-1  |
        | /declarations/no_exclusion_situation | EXCL-1   |
        | /declarations/no_double_funding      | EXCL-2   |

    Scenario: If a whole part is missing, the report names the answer that is needed
      Given a complete proposal
      And the answer "/declarations" is removed
      When the proposal is checked
      Then EXCL-2 says undecided
      And EXCL-2 needs the answer "/declarations/no_double_funding"

  Rule: A decided rule needs no more answers

    Scenario: An NGO cannot lead, in any country
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

    Scenario: One country inside is enough, with any other answers
      Given the target countries are Moldova
      When the proposal is checked
      Then SCOPE-1 says pass

  Rule: A list that is there is complete

    Scenario: An empty list means no co-financing
      Given the total budget is EUR 400000.00
      And the requested grant is EUR 380000.00
      And co-financing of nothing
      When the proposal is checked
      Then COFIN-1 says fail

    Scenario: An empty list means no co-applicants
      Given there are no co-applicants
      When the proposal is checked
      Then COAPP-2 says not applicable
