Feature: Organisations and copies among many proposals
  A summary of many proposals counts every content once, and shows organisations that are in several proposals.

  Rule: The same answers count once

    Scenario: A copy under another name
      Given the example proposal as "a.json"
      And the example proposal as "b.json"
      And the example proposal as "c.json", with /title set to "Another project"
      When the folder is checked
      Then 3 proposals are checked
      And 2 of them are distinct

  Rule: Organisations are grouped by PIC, or by name and country, and never through each other

    Scenario: One organisation with and without a PIC
      Given the example proposal as "a.json"
      And the example proposal as "b.json", with /title set to "Another project"
      When the folder is checked
      Then "State Border Guard Service" is shown as an organisation of 2 proposals

    Scenario: One PIC with two names
      Given the example proposal as "a.json"
      And the example proposal as "b.json", with /lead/name set to "Harbour Authority"
      When the folder is checked
      Then the PIC "999999901" is shown with 2 names

    Scenario: Organisations that share nothing
      Given the example proposal as "a.json"
      And the example proposal as "b.json", with /lead/name set to "Harbour Authority"
      And /lead/pic of "b.json" is "888888801"
      When the folder is checked
      Then "State Border Guard Service" is not shown as an organisation of several proposals
      And "Harbour Authority" is not shown as an organisation of several proposals
