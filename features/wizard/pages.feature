Feature: Pages
  Every page shows its progress in words. It asks only the questions that apply to this applicant.

  Rule: Progress

    Scenario: A new proposal has no page started
      Given an applicant starts a proposal
      Then the page "The project" is not started
      And the page "Declarations" is not started

    Scenario: Some answers
      Given an applicant starts a proposal
      When they answer the total with "400000"
      And they answer the fund with "BMVI"
      Then the page "Fund and countries" is in progress

    Scenario: All required answers are there
      Given an applicant starts a proposal
      When they answer the title with "Safer borders"
      Then the page "The project" is complete

    Scenario: A rule that is not met
      Given an applicant starts a proposal
      When they answer the total with "199999.99"
      Then the page "Budget" has problems

    Scenario: An answer that is not understood
      Given an applicant starts a proposal
      When they answer the total with "about 400"
      Then the page "Budget" has problems

  Rule: The form asks only a mandated body for the mandate

    Scenario: No answers about the lead applicant
      Given an applicant starts a proposal
      Then the page "Lead applicant" does not ask for the mandating body

    Scenario: A mandated body
      Given an applicant starts a proposal
      When they answer the lead's legal form with "Mandated body"
      Then the page "Lead applicant" asks for the mandating body

    Scenario: A public body
      Given an applicant starts a proposal
      When they answer the lead's legal form with "public body"
      Then the page "Lead applicant" does not ask for the mandating body
      And the page "Lead applicant" asks for the lead's level

    Scenario: An answer is kept when its question is no longer asked
      Given an applicant starts a proposal
      And they have answered the lead's legal form with "mandated body"
      And they have answered the mandating body with "Ministry of the Interior"
      When they answer the lead's legal form with "public body"
      Then the page "Lead applicant" does not ask for the mandating body
      When they answer the lead's legal form with "mandated body"
      Then the mandating body is shown as "Ministry of the Interior"
