#include "notice/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "notice/templates.h"
#include "rapport/base/error.h"
#include "rapport/notice/notice.h"

namespace rapport {
namespace {

using testing::HasSubstr;

/// Dotted key → text.
void collect(nlohmann::json const& words, std::string const& prefix,
             std::map<std::string, std::string>& into) {
  for (auto const& [key, value] : words.items()) {
    if (value.is_object())
      collect(value, prefix + key + ".", into);
    else
      into[prefix + key] = value.is_string() ? value.get<std::string>() : value.dump();
  }
}

std::map<std::string, std::string> words_of(std::string const& language) {
  std::map<std::string, std::string> words;
  collect(Wording::of(language).words(), "", words);
  return words;
}

/// Names between braces that a text fills in; `one` only chooses an English plural.
std::set<std::string> arguments(std::string const& text) {
  std::set<std::string> names;
  std::regex const brace("\\{\\{[#^/]?([a-z_]+)\\}\\}");
  for (std::sregex_iterator at(text.begin(), text.end(), brace), end; at != end; ++at) names.insert((*at)[1]);
  names.erase("one");
  return names;
}

TEST(Wording, HasTheSameKeysInEveryLanguage) {
  auto const english = words_of("en"), chinese = words_of("zh");
  std::vector<std::string> left, right;
  for (auto const& [key, text] : english) left.push_back(key);
  for (auto const& [key, text] : chinese) right.push_back(key);
  EXPECT_EQ(left, right);
}

TEST(Wording, FillsInTheSameArgumentsInEveryLanguage) {
  auto const english = words_of("en"), chinese = words_of("zh");
  for (auto const& [key, text] : english) {
    if (key == "date" || key == "month") continue;  // month by name or by number
    EXPECT_EQ(arguments(text), arguments(chinese.at(key))) << key;
    EXPECT_FALSE(text.empty()) << key;
  }
}

TEST(Wording, HasEachTextFileInEveryLanguage) {
  std::set<std::string> english, chinese;
  for (std::string_view const name : template_names()) {
    if (name.starts_with("en/")) english.emplace(name.substr(3));
    if (name.starts_with("zh/")) chinese.emplace(name.substr(3));
  }
  EXPECT_EQ(english, chinese);
  EXPECT_EQ(notice_languages(), (std::vector<std::string>{"en", "zh"}));
}

TEST(Wording, NamesOnlyKeysThatExistInPageTemplates) {
  auto const words = words_of("en");
  std::regex const key("\\{\\{[#^/]?w\\.([a-z_.]+)\\}\\}");
  for (std::string_view const name : template_names()) {
    std::string const text(template_text(name));
    for (std::sregex_iterator at(text.begin(), text.end(), key), end; at != end; ++at)
      EXPECT_TRUE(words.contains((*at)[1])) << name << ": " << (*at)[1];
  }
}

TEST(Wording, WritesDatesAndMoneyAsTheLanguageDoes) {
  Instant const when = parse_instant("2027-03-02T17:05");
  Money const amount = Money::of(-1241300.5, Currency("EUR"));
  EXPECT_EQ(Wording::of("en").date(when), "2\u00a0Mar\u00a02027");
  EXPECT_EQ(Wording::of("zh").date(when), "2027年3月2日");
  EXPECT_EQ(Wording::of("en-GB").date_time(when), "2\u00a0Mar\u00a02027, 17:05");
  EXPECT_EQ(Wording::of("en").money(amount), "−1,241,300.50\u00a0EUR");
  EXPECT_EQ(Wording::of("en").signed_money(Money::of(1500, Currency("JPY"))), "+1,500\u00a0JPY");
  EXPECT_EQ(Wording::of("en").money(Money{}), "0.00");
}

TEST(Wording, CountsCalendarDaysBetweenDatesAndHoursWithinOne) {
  Wording const& say = Wording::of("en");
  Instant const monday = parse_instant("2027-01-04T17:00");
  EXPECT_EQ(say.shift(monday, parse_instant("2027-01-13T12:00")), "+9 days");
  EXPECT_EQ(say.shift(monday, parse_instant("2027-01-03T17:00")), "−1 day");
  EXPECT_EQ(say.shift(monday, parse_instant("2027-01-04T15:30")), "−1.5 h");
  EXPECT_EQ(say.shift(monday, monday), "no change");
  EXPECT_EQ(Wording::of("zh").shift(monday, parse_instant("2027-01-13T12:00")), "+9 天");
}

TEST(Wording, RoundsAndGroupsNumbers) {
  Wording const& say = Wording::of("en");
  EXPECT_EQ(say.number(1234567.891), "1,234,567.89");
  EXPECT_EQ(say.number(2.0), "2");
  EXPECT_EQ(say.number(-0.5), "−0.5");
  EXPECT_EQ(say.percent(0.346), "35 %");
  EXPECT_EQ(Wording::of("zh").percent(0.346), "35%");
}

TEST(Wording, RefusesALanguageItDoesNotHaveAndNamesThoseItHas) {
  EXPECT_FALSE(Wording::has("fr"));
  EXPECT_TRUE(Wording::has("zh-Hans-CN"));
  try {
    static_cast<void>(Wording::of("fr"));
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("en, zh"));
  }
}

TEST(Escaped, LeavesNoMarkupAndNoControlCharacter) {
  EXPECT_EQ(escaped("<script>\"a\" & 'b'</script>\x01", Escape::Html),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
  EXPECT_EQ(escaped("[x](y) *b* <i> | A_1 _c_\nd", Escape::Markdown),
            "\\[x\\](y) \\*b\\* &lt;i&gt; \\| A_1 \\_c\\_ d");
  EXPECT_EQ(escaped("# no heading", Escape::Markdown), "\\# no heading");
}

TEST(Render, TreatsEmptyTextsAndListsAsAbsent) {
  nlohmann::json const context{{"a", ""}, {"b", "x"}, {"c", nlohmann::json::array()}, {"n", 3}};
  EXPECT_EQ(
      render("{{#a}}A{{/a}}{{^a}}-{{/a}}{{#b}}{{b}}{{/b}}{{^c}}0{{/c}}{{n}}{{a}}", context, Escape::Html),
      "-x03");
}

}  // namespace
}  // namespace rapport
