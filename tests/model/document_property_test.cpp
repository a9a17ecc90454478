#include <gtest/gtest.h>

#include <string>

#include "model/random_facts.h"
#include "rapport/model/document.h"

namespace rapport {
namespace {

TEST(DocumentRoundTrip, IsTheIdentityForAnyFacts) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    Facts const facts = RandomFacts(seed).facts(4);
    for (int const indent : {-1, 2}) {
      auto const back = facts_from_document(to_document(facts, indent));
      EXPECT_TRUE(back.diagnostics.empty());
      for_each_fact_type([&]<class T>() {
        auto const& before = facts.*FactTraits<T>::member;
        auto const& after = back.facts.*FactTraits<T>::member;
        ASSERT_EQ(before.size(), after.size());
        for (std::size_t i = 0; i < before.size(); ++i)
          EXPECT_TRUE(before[i] == after[i]) << to_document(Fact(before[i])) << "\n"
                                             << to_document(Fact(after[i]));
      });
      EXPECT_TRUE(back.facts == facts);
    }
  }
}

TEST(DocumentRoundTrip, IsTheIdentityForOneFact) {
  RandomFacts random(7);
  for_each_fact_type([&]<class T>() {
    for (int i = 0; i < 50; ++i) {
      Fact const fact = random.one<T>();
      EXPECT_TRUE(fact_from_document(FactTraits<T>::kind, to_document(fact)) == fact) << to_document(fact);
    }
  });
}

TEST(DocumentRoundTrip, KeepsAChange) {
  RandomFacts random(11);
  for (int i = 0; i < 200; ++i) {
    auto const change = random.one<ChangeRequest>();
    std::string const text = to_document(Fact(change));
    EXPECT_TRUE(change_from_document(text) == change) << text;
    EXPECT_TRUE(change_from_document("{\"change_requests\": [" + text + "]}") == change);
  }
}

TEST(DocumentRoundTrip, LeavesOutWhatIsAtItsDefault) {
  EXPECT_EQ(to_document(Fact(Activity{.key = "A1"})), "{\"key\":\"A1\"}");
  EXPECT_EQ(to_document(Facts{}), "{\n}\n");
  Subproject subproject{.key = "P", .rules = Rules::microsoft()};
  EXPECT_EQ(to_document(Fact(subproject)), "{\"key\":\"P\",\"rules\":{\"tool\":\"microsoft\"}}");
}

/// A broken document may be refused in one way only.
void expect_refused_or_read(std::string const& text) {
  try {
    (void)facts_from_document(text, "hostile.json");
  } catch (ParseError const& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 13), "hostile.json:") << error.what();
    EXPECT_GE(error.line(), 1);
    EXPECT_GE(error.column(), 1);
  }
}

TEST(HostileDocument, IsRefusedWhereverItIsCutShort) {
  std::string const whole = to_document(RandomFacts(3).facts(1));
  for (std::size_t length = 0; length + 3 < whole.size(); length += 1 + whole.size() / 800) {
    EXPECT_THROW((void)facts_from_document(whole.substr(0, length), "cut.json"), ParseError) << length;
  }
}

TEST(HostileDocument, NeverDoesMoreThanRefuse) {
  std::string const whole = to_document(RandomFacts(5).facts(1));
  RandomFacts random(13);
  for (int i = 0; i < 600; ++i) {
    std::string text = whole;
    for (int k = 1 + random.below(4); k > 0; --k) {
      auto const at = static_cast<std::size_t>(random.below(static_cast<int>(text.size())));
      switch (random.below(4)) {
        case 0:
          text[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          text.erase(at, static_cast<std::size_t>(random.below(20)));
          break;
        case 2:
          text.insert(at,
                      text.substr(static_cast<std::size_t>(random.below(static_cast<int>(text.size()))), 12));
          break;
        default:
          text[at] = "0-9\"{}[],:e."[random.below(12)];
      }
    }
    expect_refused_or_read(text);
  }
}

TEST(HostileDocument, IsRefusedWhenNestedTooDeep) {
  std::string const deep(1'000'000, '[');
  EXPECT_THROW((void)facts_from_document(deep), ParseError);
  EXPECT_THROW((void)facts_from_document("{\"activities\":[{\"x\":" + deep), ParseError);
  EXPECT_THROW((void)change_from_document("{\"edits\":" + deep), ParseError);
}

TEST(HostileDocument, IsRefusedForNumbersThatDoNotFit) {
  for (std::string const number : {"1e999", "-1e999", "99999999999999999999", "1.5", "2147483648"})
    EXPECT_THROW((void)facts_from_document("{\"requirements\":[{\"key\":\"R\",\"version\":" + number + "}]}"),
                 ParseError)
        << number;
  EXPECT_THROW(
      (void)facts_from_document(R"({"activities":[{"key":"A","duration":"9999999999999999999999h"}]})"),
      ParseError);
  EXPECT_THROW((void)facts_from_document(R"({"activities":[{"key":"A","duration":"999999999h"}]})"),
               ParseError);
  EXPECT_THROW(
      (void)facts_from_document(R"({"expenses":[{"activity":"A","amount":"99999999999999999999 EUR"}]})"),
      ParseError);
}

TEST(HostileDocument, IsRefusedForTextThatIsNotUtf8) {
  for (std::string const bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    EXPECT_THROW((void)facts_from_document("{\"name\":\"" + bad + "\"}"), ParseError);
  EXPECT_THROW((void)facts_from_document(R"({"name":"\ud800"})"), ParseError);
}

TEST(HostileDocument, IsRefusedForAFieldGivenTwice) {
  auto const twice = [](std::string const& text) {
    try {
      (void)facts_from_document(text, "d.json");
    } catch (ParseError const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(twice(R"({"name":"a","name":"b"})"), "d.json:1:13: the field \"name\" is given twice; keep one");
  EXPECT_EQ(twice(R"({"activities":[{"key":"a","key":"b"}]})"),
            "d.json:1:27: the field \"key\" is given twice; keep one");
  EXPECT_EQ(twice(R"({"activities":[],"activities":[]})"),
            "d.json:1:18: the field \"activities\" is given twice; keep one");
}

TEST(HostileDocument, TellsOfUnknownFieldsOnlyAsOftenAsAnybodyReads) {
  std::string text = "{\"activities\":[";
  for (int i = 0; i < 20'000; ++i) text += (i ? "," : "") + std::string("{\"key\":\"A\",\"x\":1}");
  auto const result = facts_from_document(text + "]}");
  EXPECT_EQ(result.facts.activities.size(), 20'000U);
  ASSERT_EQ(result.diagnostics.size(), 11U);
  EXPECT_EQ(result.diagnostics.back().message, "there are 19990 more, of the names above or others");
}

}  // namespace
}  // namespace rapport
