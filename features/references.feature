Feature: References, names and odd values
  The report warns of what nobody means. A warning about the file never changes the verdict by itself.

  Rule: A reference leads to an applicant

    Scenario Outline: An id that no applicant has
      Given the example proposal as "a.json", with <field> set to "bp-mdd"
      When the folder is checked
      Then there is a warning at <field> that mentions "bp-md"

      Examples:
        | field                           |
        | /budget/lines/1/applicant       |
        | /documents/0/applicant          |
        | /financing/contributions/0/source |

    Scenario: An id that two applicants have
      Given the example proposal as "a.json", with /co_applicants/0/id set to "lead"
      When the folder is checked
      Then there is a warning at /co_applicants/0/id that mentions "lead"

  Rule: Names are compared as people read them

    Scenario Outline: The same organisation, written in another way
      Given the example proposal as "a.json", with /co_applicants/0/name set to "<name>"
      And /co_applicants/0/country of "a.json" is "LT"
      When the folder is checked
      Then the status of DUP-1 is <status>

      Examples:
        | name                          | status |
        | State Border Guard Service    | fail   |
        | STATE BORDER GUARD SERVICE    | fail   |
        | State  Border   Guard Service | fail   |
        | State Border Guard Services   | pass   |

  Rule: Values that nobody means get a warning

    Scenario Outline: An odd value
      Given the example proposal as "a.json", with <field> set to "<value>"
      When the folder is checked
      Then there is a warning at <field> that mentions "<text>"

      Examples:
        | field            | value       | text     |
        | /lead/name       |             | blank    |
        | /lead/pic        | 12          | PIC      |
        | /duration_months | 0           | 0 months |
        | /start_date      | 1924-03-01  | 1924     |
