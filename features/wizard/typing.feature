Feature: What is being typed
  A text becomes an answer when the applicant confirms it or goes to another field. If the program ends before that, the
  text is kept in its field. It is not an answer until it is confirmed: "2" may be the beginning of "24".

  @half_typed
  Scenario: The program ends while somebody types
    Given an applicant starts a proposal
    When the program ends while they type "2" for the duration
    Then "2" is in the duration
    And the duration is not answered
    When they answer the duration with "24"
    Then the duration is shown as "24 months"

  @half_typed
  Scenario: A saved answer stays until the new text is confirmed
    Given an applicant starts a proposal
    And they have answered the title with "Safer borders"
    When the program ends while they type "Safer borders for all" for the title
    Then "Safer borders for all" is in the title
    And the title in the file is still "Safer borders"
    When they confirm the text in the title
    Then the title in the file is "Safer borders for all"

  Scenario: A text that is not an answer is kept until it is replaced
    Given an applicant starts a proposal
    When they answer the total with "about 400"
    And they leave and come back
    Then "about 400" is in the total
    And "Total budget" is among what they should check
    When they answer the total with "400000"
    Then the total is shown as "EUR 400 000.00"
    And "Total budget" is not among what they should check

  @screens
  Scenario Outline: The field somebody is in is always in view
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    Then whatever they stand on is in view on the page "<page>"

    Examples:
      | page           |
      | Lead applicant |
