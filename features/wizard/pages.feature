Feature: Pages
  Every page says in words how far it is, and asks only what concerns this applicant.

  Rule: Progress

    Scenario: Nothing is started at first
      Given an applicant begins a proposal
      Then the page "The project" is not started
      And the page "Declarations" is not started

    Scenario: Some answers
      Given an applicant begins a proposal
      When they answer the total with "400000"
      And they answer the fund with "BMVI"
      Then the page "Fund and countries" is in progress

    Scenario: What must be answered is answered
      Given an applicant begins a proposal
      When they answer the title with "Safer borders"
      Then the page "The project" is complete

    Scenario: A broken rule
      Given an applicant begins a proposal
      When they answer the total with "199999.99"
      Then the page "Budget" has problems

    Scenario: An answer that is not understood
      Given an applicant begins a proposal
      When they answer the total with "about 400"
      Then the page "Budget" has problems

  Rule: The mandate is asked of a mandated operator only

    Scenario: Nothing is known of the lead applicant
      Given an applicant begins a proposal
      Then the page "Lead applicant" does not ask for the mandating body

    Scenario: A mandated operator
      Given an applicant begins a proposal
      When they answer the lead's kind with "Mandated operator"
      Then the page "Lead applicant" asks for the mandating body

    Scenario: A public body
      Given an applicant begins a proposal
      When they answer the lead's kind with "public body"
      Then the page "Lead applicant" does not ask for the mandating body
      And the page "Lead applicant" asks for the lead's level

    Scenario: An answer is kept when its question is no longer asked
      Given an applicant begins a proposal
      And they have answered the lead's kind with "mandated operator"
      And they have answered the mandating body with "Ministry of the Interior"
      When they answer the lead's kind with "public body"
      Then the page "Lead applicant" does not ask for the mandating body
      When they answer the lead's kind with "mandated operator"
      Then the mandating body is shown as "Ministry of the Interior"
