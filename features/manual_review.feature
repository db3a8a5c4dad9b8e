Feature: Decisions on manual rules
  A person decides on a manual rule once. The decision is kept beside the proposals and shown in the next reports.

  Rule: A decision is shown, and never changes the verdict

    Scenario Outline: Whatever was decided
      Given the example proposal as "a.json"
      And the decision on SCOPE-3 for "a.json" is <decision>
      When the folder is checked with the decisions
      Then the verdict is eligible as before
      And the report says that SCOPE-3 is <decision>

      Examples:
        | decision |
        | met      |
        | not_met  |
        | open     |

    Scenario: The latest decision holds
      Given the example proposal as "a.json"
      And the decision on SCOPE-3 for "a.json" is met, on 2026-03-02
      And the decision on SCOPE-3 for "a.json" is not_met, on 2026-03-09
      And the decision on SCOPE-3 for "a.json" is open, on 2026-03-01
      When the folder is checked with the decisions
      Then the report says that SCOPE-3 is not_met

  Rule: A decision is about one state of a proposal

    Scenario: The proposal changed
      Given the example proposal as "a.json"
      And the decision on SCOPE-3 for "a.json" is met
      And /acronym of "a.json" is "NEW"
      When the folder is checked with the decisions
      Then the report says that SCOPE-3 is met, in an older state of the proposal

    Scenario: The file has another name
      Given the example proposal as "a.json"
      And the decision on SCOPE-3 for "a.json" is met
      And "a.json" is renamed to "b.json"
      When the folder is checked with the decisions
      Then the report says that SCOPE-3 is met

    Scenario: Another proposal
      Given the example proposal as "a.json"
      And the decision on SCOPE-3 for "a.json" is met
      And the example proposal as "b.json", with /title set to "Another project"
      When the folder is checked with the decisions
      Then 1 decision is shown

  Rule: Only manual rules that apply can be decided

    Scenario Outline: A decision that is refused
      Given the example proposal as "a.json"
      When the decision on <rule> for "<file>" is recorded
      Then it is refused with "<words>"

      Examples:
        | rule    | file   | words               |
        | GRANT-1 | a.json | not a manual rule   |
        | COAPP-5 | a.json | does not apply      |
        | SCOP-3  | a.json | Did you mean        |
        | SCOPE-3 | b.json | There is no proposal |
