Feature: Answering
  People type in their own way. If an answer has two possible meanings, the wizard asks and never guesses.

  Rule: One amount, written in different ways

    Scenario Outline: The total as people write it in different countries
      Given an applicant starts a proposal
      When they answer the total with "<typed>"
      Then the total is shown as "EUR 400 000.50"

      Examples:
        | typed         |
        | 400 000,50    |
        | 400.000,50    |
        | 400,000.50    |
        | 400'000.50    |
        | € 400000.5    |
        | 400000,50 EUR |

    Scenario: Thousands or decimals?
      Given an applicant starts a proposal
      When they answer the total with "400.000"
      Then they are asked "can be read in two ways"
      And "EUR 400 000.00" and "EUR 400.00" are suggested
      And the total is not answered

    Scenario: Taking a suggestion
      Given an applicant starts a proposal
      When they answer the total with "400.000"
      And they choose suggestion 1
      Then the total is shown as "EUR 400 000.00"

    Scenario: Another currency
      Given an applicant starts a proposal
      When they answer the total with "400000 USD"
      Then they are asked "another currency"
      And the total is not answered

    Scenario Outline: An amount that cannot be read is asked again, with what to type
      Given an applicant starts a proposal
      When they answer the total with "<typed>"
      Then they are asked "<what to type>"
      And the total is not answered

      Examples:
        | typed    | what to type                                   |
        | 400 Tsd. | Type the amount in digits, such as 400000.50.  |
        | 5m       | Type 5000000.00 or 5000.00.                    |

    Scenario: The grant as a share of the total
      Given an applicant starts a proposal
      And they have answered the total with "178512.92"
      When they answer the grant with "95 %"
      Then they are asked "95 % of EUR 178 512.92 is EUR 169 587.27"
      When they choose suggestion 1
      Then the grant is shown as "EUR 169 587.27"

    Scenario: A share of the total before the total is answered
      Given an applicant starts a proposal
      When they answer the grant with "95 %"
      Then they are asked "a percentage of an amount that is not known yet"

  Rule: Dates, months, countries and choices

    Scenario Outline: A date
      Given an applicant starts a proposal
      When they answer the start date with "<typed>"
      Then the start date is shown as "1 March 2024"

      Examples:
        | typed        |
        | 2024-03-01   |
        | 1.3.2024     |
        | 1 March 2024 |

    Scenario: Day or month first?
      Given an applicant starts a proposal
      When they answer the start date with "01/03/2024"
      Then they are asked "1 March 2024 or 3 January 2024"
      And "1 March 2024" and "3 January 2024" are suggested

    Scenario: A date that does not exist
      Given an applicant starts a proposal
      When they answer the start date with "30 February 2024"
      Then they are asked "February 2024 has 29 days"

    Scenario: Years instead of months
      Given an applicant starts a proposal
      When they answer the duration with "2 years"
      Then they are asked "24 months"
      When they choose suggestion 1
      Then the duration is shown as "24 months"

    Scenario Outline: A country by its name or code
      Given an applicant starts a proposal
      When they answer the lead's country with "<typed>"
      Then the lead's country is shown as "<shown>"

      Examples:
        | typed         | shown              |
        | LT            | Lithuania (LT)     |
        | lithuania     | Lithuania (LT)     |
        | cote d'ivoire | Côte d'Ivoire (CI) |

    @typed_choice
    Scenario: A country name with a spelling mistake
      Given an applicant starts a proposal
      When they answer the lead's country with "Lithuana"
      Then they are asked "none of the choices"
      When they choose suggestion 1
      Then the lead's country is shown as "Lithuania (LT)"

    @typed_choice
    Scenario: Several countries
      Given an applicant starts a proposal
      When they answer the target countries with "Moldova, ua"
      Then the target countries is shown as "Moldova (MD), Ukraine (UA)"

    @typed_choice
    Scenario: An unclear answer to yes or no
      Given an applicant starts a proposal
      When they answer the double funding declaration with "perhaps"
      Then they are asked "neither yes nor no"
      When they answer the double funding declaration with "yes"
      Then the double funding declaration is shown as "yes"

  Rule: What people type is data

    Scenario Outline: Text that looks like something else
      Given an applicant starts a proposal
      When they answer the title with "<typed>"
      Then the title in the file is "<typed>"

      Examples:
        | typed                   |
        | [bold]Safer borders[/]  |
        | {{title}} <b>&amp;</b>  |
        | ../../etc/passwd        |
        | Безопасные границы 🛂    |
        | -- 1; DROP TABLE budget |

  Rule: What people type is never lost

    Scenario: An answer that is not understood does not change the proposal, and is kept
      Given an applicant starts a proposal
      And they have answered the total with "400000"
      When they answer the total with "about 400"
      Then the total is not answered
      When they leave and come back
      Then "about 400" is in the total
      And the total is not answered

    Scenario: Clearing an answer
      Given an applicant starts a proposal
      And they have answered the title with "Safer borders"
      When they clear the title
      Then the title is not answered

  Rule: The amount of a budget line is its quantity multiplied by its unit cost, until somebody types another

    Scenario: The amount follows its factors
      Given an applicant opens the example "eligible-lithuania-moldova.json"
      When they answer the quantity of the first budget line with "12"
      Then the amount of the first budget line is shown as "EUR 60 000.00"
      When they answer the unit cost of the first budget line with "0.125"
      Then the amount of the first budget line is shown as "EUR 1.50"

    Scenario: Half a cent of a product is rounded up
      Given an applicant opens the example "eligible-lithuania-moldova.json"
      When they answer the quantity of the first budget line with "5.5"
      And they answer the unit cost of the first budget line with "1000.33"
      Then the amount of the first budget line is shown as "EUR 5 501.82"

    Scenario: An amount that somebody typed stays
      Given an applicant opens the example "eligible-lithuania-moldova.json"
      When they answer the amount of the first budget line with "120 001"
      Then they see that BUDGET-2 is not met
      When they answer the quantity of the first budget line with "25"
      Then the amount of the first budget line is shown as "EUR 120 001.00"
