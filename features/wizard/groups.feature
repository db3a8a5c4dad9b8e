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

  Scenario: A list is not finished until the applicant says so
    Rules about the whole list wait meanwhile: the first of three partners decides nothing that the others can change.

    Given an applicant starts a proposal
    When they add the co-applicant "Border Police"
    And they answer the co-applicant's legal form with "Public body"
    Then the page "Co-applicants" is in progress
    And COAPP-1 waits for the co-applicants
    When they say that the list of co-applicants is complete
    Then COAPP-1 does not wait
    And check says the same of the file
    When they undo
    Then COAPP-1 waits for the co-applicants
    When they redo
    And they add the co-applicant "Customs Service"
    Then COAPP-1 waits for the co-applicants

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
