Feature: Many proposals at once
  Everything that can be a proposal is checked, or the report says what was not checked and why.

  Rule: A file is read whatever its ending says about its form

    Scenario Outline: One proposal in a file
      Given the example proposal as "<file>"
      When the folder is checked
      Then 1 proposal is checked
      And the report is complete
      And the exit code is 0

      Examples:
        | file      |
        | a.json    |
        | a.jsonl   |
        | a.ndjson  |
        | a.json.gz |
        | b/c/a.json |

  Rule: What is passed over is named

    Scenario Outline: What may be a proposal and was not checked
      Given the example proposal as "a.json"
      And the example proposal as "<file>"
      When the folder is checked
      Then 1 proposal is checked
      And the report is not complete
      And "<named>" is named as not checked
      And the exit code is 3

      Examples:
        | file       | named      |
        | .b.json    | .b.json    |
        | b.json.txt | b.json.txt |
        | .b/c.json  | .b         |

    Scenario: A report among the proposals
      Given the example proposal as "a.json"
      And the report of the folder as "report.json"
      When the folder is checked
      Then 1 proposal is checked
      And "report.json" is named as not checked
      And the report is complete
      And the exit code is 0

    Scenario Outline: Every format with a summary says that it is not complete
      Given the example proposal as "a.json"
      And the example proposal as "b.json.txt"
      When the folder is checked as <format>
      Then the output mentions "b.json.txt"

      Examples:
        | format   |
        | text     |
        | json     |
        | html     |
        | markdown |
        | junit    |
        | sarif    |

  Rule: Very many proposals are a summary and a line each

    Scenario: Up to 20 proposals are shown in full
      Given 20 copies of the example proposal
      When the folder is checked as text
      Then the output mentions "ELIGIBLE ./copy-20.json"
      And the output mentions "20 proposals: 20 eligible."

    Scenario: From the 21st proposal on, the summary comes first
      Given 20 copies of the example proposal
      And the example proposal as "late.json", with /financing/grant_requested set to "399999.00"
      When the folder is checked as text
      Then the output begins with "21 proposals: 20 eligible, 1 not eligible."
      And the output mentions "NOT ELIGIBLE 1 proposal ✗ late.json"
      And the output mentions "add --details"

    Scenario: All in full if that is wanted
      Given 21 copies of the example proposal
      When the folder is checked as text with --details
      Then the output mentions "ELIGIBLE ./copy-21.json"

  Rule: Statuses say the verdict and the status of every rule

    Scenario: A line for each proposal
      Given the example proposal as "a.json"
      When the folder is checked as statuses
      Then the output begins with "{"
      And the output mentions ""verdict": "eligible", "statuses": {"
      And the exit code is 0

  Rule: A selection changes what is shown, never what is counted

    Scenario Outline: Only the proposals of a verdict
      Given 2 copies of the example proposal
      And the example proposal as "late.json", with /financing/grant_requested set to "399999.00"
      When the folder is checked as <format> with --only verdict=ineligible
      Then the output mentions "Shown: 1 proposal of 3 (only verdict=ineligible). The totals count all of them."
      And the output mentions "late.json"
      And the exit code is 1

      Examples:
        | format   |
        | text     |
        | html     |
        | markdown |
        | junit    |
