Feature: Groups
  Co-applicants, budget lines and similar parts are lists. People add, copy, move and remove entries.

  Scenario: Adding
    Given an applicant starts a proposal
    When they add the co-applicant "Border Police"
    And they add the co-applicant "Customs Service"
    Then the co-applicants are "Border Police" and "Customs Service"
    And they have ids of their own

  Scenario: Saying that there are none
    Given an applicant starts a proposal
    Then the page "Co-applicants" is not started
    When they say that there are no co-applicants
    Then the page "Co-applicants" is complete

  Scenario: Copying
    Given an applicant starts a proposal
    And they have added the co-applicant "Border Police"
    When they copy co-applicant 1
    Then the co-applicants are "Border Police" and "Border Police"
    And they have ids of their own

  Scenario: Moving
    Given an applicant starts a proposal
    And they have added the co-applicant "Border Police"
    And they have added the co-applicant "Customs Service"
    When they move co-applicant 2 up
    Then the co-applicants are "Customs Service" and "Border Police"

  Scenario: Removing
    Given an applicant starts a proposal
    And they have added the co-applicant "Border Police"
    And they have added the co-applicant "Customs Service"
    When they remove co-applicant 1
    Then there are 1 co-applicants
    And co-applicant 1 is called "Customs Service"
