#include "rapport/base/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "base/number_text.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

Currency const eur("EUR"), jpy("JPY"), kwd("KWD");

/// Schoolbook decimals: digits in a string, most significant first.
std::string multiply(std::string const& a, std::string const& b) {
  std::vector<int> digits(a.size() + b.size());
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t k = b.size(); k-- > 0;) {
      int const sum = digits[i + k + 1] + (a[i] - '0') * (b[k] - '0');
      digits[i + k + 1] = sum % 10;
      digits[i + k] += sum / 10;
    }
  std::string text;
  for (int const digit : digits) text += static_cast<char>('0' + digit);
  return text;
}

/// `product` / (36 · 10^`zeros`), rounded half up: long division by 36 of all but the last `zeros` digits.
std::int64_t quotient(std::string const& product, std::size_t zeros) {
  std::int64_t rest = 0, result = 0;
  std::size_t const end = product.size() - zeros;
  for (std::size_t i = 0; i < end; ++i) {
    rest = rest * 10 + (product[i] - '0');
    result = result * 10 + rest / 36;
    rest %= 36;
  }
  // What is left over is rest + 0.<the last digits>; a half is 18.
  return rest >= 18 ? result + 1 : result;
}

TEST(Cost, OfWorkIsTheExactProductRoundedOnce) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::int64_t> seconds(0, 40'000'000), micro(0, 2'000'000'000);
  for (int i = 0; i < 20'000; ++i) {
    Work const work{seconds(random)};
    std::int64_t const rate = micro(random);
    std::string const product = multiply(std::to_string(work.seconds), std::to_string(rate));
    // seconds · micro / (3600 · 10^6) major units, times 10^digits minor units.
    ASSERT_EQ(cost_of(work, Rate{rate, eur}), (Money{quotient(product, 6), eur}));
    ASSERT_EQ(cost_of(work, Rate{rate, jpy}), (Money{quotient(product, 8), jpy}));
    ASSERT_EQ(cost_of(work, Rate{rate, kwd}), (Money{quotient(product, 5), kwd}));
    ASSERT_EQ(cost_of(-work, Rate{rate, eur}), (Money{-quotient(product, 6), eur}));
  }
}

/// `product` / 10^`zeros`, rounded half up by its first digit that goes.
std::int64_t without_last(std::string product, std::size_t zeros) {
  if (product.size() <= zeros) product.insert(0, zeros + 1 - product.size(), '0');
  std::size_t const end = product.size() - zeros;
  std::int64_t const whole = std::stoll(product.substr(0, end));
  return whole + (zeros > 0 && product[end] >= '5' ? 1 : 0);
}

TEST(Cost, OfAQuantityIsTheExactProductOfItsDigits) {
  std::mt19937_64 random(3);
  std::uniform_int_distribution<std::int64_t> digits(0, 9'999'999), micro(0, 2'000'000'000);
  std::uniform_int_distribution<std::size_t> decimals(0, 6);
  int ties = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::int64_t const quantity = digits(random);
    // Whole cents, so that many products end in half a cent.
    std::int64_t const rate = i % 2 == 0 ? micro(random) : micro(random) / 500'000 * 5'000;
    std::size_t const places = decimals(random);
    std::string text = std::to_string(quantity);
    text.insert(0, text.size() <= places ? places + 1 - text.size() : 0, '0');
    text.insert(text.size() - places, ".");
    std::string const product = multiply(std::to_string(quantity), std::to_string(rate));
    auto const zeros = 6 + places - 2;
    if (product.size() > zeros && product.substr(product.size() - zeros).find_last_not_of('0') == 0 &&
        product[product.size() - zeros] == '5')
      ++ties;
    ASSERT_EQ(cost_of(std::stod(text), Rate{rate, eur}), (Money{without_last(product, zeros), eur})) << text;
    ASSERT_EQ(cost_of(-std::stod(text), Rate{rate, eur}), (Money{-without_last(product, zeros), eur}))
        << text;
  }
  EXPECT_GT(ties, 50);
  EXPECT_EQ(cost_of(25.0, Rate{23'771'800, eur}).minor, 59430) << "594.295";
  EXPECT_EQ(cost_of(1.005, Rate{1'000'000, eur}).minor, 101)
      << "the double is below, what was written is not";
  EXPECT_EQ(cost_of(1e-300, Rate{1'000'000, eur}).minor, 0);
  EXPECT_EQ(cost_of(3e15, Rate{1'000'000, eur}).minor, 300'000'000'000'000'000);
  EXPECT_THROW((void)cost_of(1e19, Rate{1'000'000, eur}), InvalidInput);
  EXPECT_THROW((void)cost_of(std::numeric_limits<double>::infinity(), Rate{1, eur}), InvalidInput);
}

TEST(Money, RoundsHalfAwayFromZero) {
  EXPECT_EQ(Money::of(0.125, eur).minor, 13);
  EXPECT_EQ(Money::of(-0.125, eur).minor, -13);
  EXPECT_EQ(Money::of(1.5, jpy).minor, 2);
  EXPECT_EQ(Money::of(1.0005, kwd).minor, 1001);
  EXPECT_EQ(scaled({100, eur}, 1.005).minor, 100);
  EXPECT_EQ(scaled({-250, eur}, 0.5).minor, -125);
}

TEST(Money, SumsAreTheSameInAnyOrder) {
  std::mt19937_64 random(2);
  std::uniform_int_distribution<std::int64_t> minor(-1'000'000'000'000, 1'000'000'000'000);
  std::vector<Money> amounts(1000);
  for (auto& amount : amounts) amount = {minor(random), eur};
  Money forward, backward;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    forward += amounts[i];
    backward += amounts[amounts.size() - 1 - i];
  }
  EXPECT_EQ(forward, backward);
}

TEST(Money, OfTwoCurrenciesDoesNotAdd) {
  EXPECT_THROW((void)(Money{1, eur} + Money{1, jpy}), InvalidInput);
  EXPECT_THROW((void)(Money{1, eur} - Money{0, jpy}), InvalidInput);
  EXPECT_EQ((Money{1, eur} + Money{}), (Money{1, eur}));
  EXPECT_EQ((Money{} + Money{1, eur}), (Money{1, eur}));
  EXPECT_THROW((void)(Money{1, Currency()} + Money{1, eur}), InvalidInput);
}

TEST(Money, RefusesWhatItCannotHold) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_THROW((void)(Money{most, eur} + Money{1, eur}), InvalidInput);
  EXPECT_THROW((void)Money::of(1e300, eur), InvalidInput);
  EXPECT_THROW((void)Money::of(std::numeric_limits<double>::quiet_NaN(), eur), InvalidInput);
  EXPECT_THROW((void)cost_of(Work{most}, Rate{most, eur}), InvalidInput);
}

TEST(Money, IsReadAndWrittenWithItsMinorUnit) {
  EXPECT_EQ(to_string(Money{24130000, eur}), "241300.00 EUR");
  EXPECT_EQ(to_string(Money{-5, eur}), "-0.05 EUR");
  EXPECT_EQ(to_string(Money{1500, jpy}), "1500 JPY");
  EXPECT_EQ(to_string(Money{-1, kwd}), "-0.001 KWD");
  EXPECT_EQ(parse_money("12000 EUR"), (Money{1'200'000, eur}));
  EXPECT_EQ(parse_money("+0.5 EUR"), (Money{50, eur}));
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i)
    for (Currency const currency : {eur, jpy, kwd}) {
      Money const amount{static_cast<std::int64_t>(random()), currency};
      ASSERT_EQ(parse_money(to_string(amount)), amount);
    }
}

TEST(Money, RefusesWhatIsNoAmount) {
  for (char const* const text :
       {"", "EUR", "12", "12EUR", "12 eur", "12 EURO", " 12 EUR", "1,000 EUR", "1.005 EUR", "1.5 JPY",
        ".5 EUR", "5. EUR", "--5 EUR", "5 EUR ", "1e3 EUR", "9999999999999999999 EUR"})
    EXPECT_THROW((void)parse_money(text), ParseError) << text;
}

TEST(Rate, IsReadAndWrittenWithAsManyDecimalsAsItNeeds) {
  EXPECT_EQ(to_string(Rate{85'500'000, eur}), "85.50 EUR");
  EXPECT_EQ(to_string(Rate{1, eur}), "0.000001 EUR");
  EXPECT_EQ(to_string(Rate{3'000'000, jpy}), "3 JPY");
  EXPECT_EQ(to_string(Rate{3'500'000, jpy}), "3.5 JPY");
  EXPECT_EQ(parse_rate("85.5 EUR"), (Rate{85'500'000, eur}));
  EXPECT_THROW((void)parse_rate("0.0000001 EUR"), ParseError);
  std::mt19937_64 random(4);
  for (int i = 0; i < 5000; ++i)
    for (Currency const currency : {eur, jpy, kwd}) {
      Rate const rate{static_cast<std::int64_t>(random()), currency};
      ASSERT_EQ(parse_rate(to_string(rate)), rate);
    }
}

TEST(Currency, IsThreeCapitalLetters) {
  for (char const* const code : {"", "EU", "EURO", "eur", "E1R"})
    EXPECT_THROW((void)Currency(code), InvalidInput) << code;
  EXPECT_EQ(Currency().code(), "XXX");
}

TEST(AmountText, HasThousandsSeparatorsAndTheDigitsOfTheCurrency) {
  EXPECT_EQ(amount_text(Money{24130000, eur}), "241,300.00 EUR");
  EXPECT_EQ(amount_text(Money{99999, eur}), "999.99 EUR");
  EXPECT_EQ(amount_text(Money{-100000, eur}), "-1,000.00 EUR");
  EXPECT_EQ(amount_text(Money{1234567, jpy}), "1,234,567 JPY");
  EXPECT_EQ(amount_text(Money{1234567, kwd}), "1,234.567 KWD");
  EXPECT_EQ(amount_text(Money{}), "0.00");
  EXPECT_EQ(amount_text(Money{std::numeric_limits<std::int64_t>::min(), jpy}),
            "-9,223,372,036,854,775,808 JPY");
  EXPECT_EQ(amount_text(Rate{1285500000, eur}), "1,285.50 EUR");
  EXPECT_EQ(amount_text(Rate{1234567891, eur}), "1,234.567891 EUR");
}

}  // namespace
}  // namespace rapport
