// Files whose numbers and dates were replaced, one field at a time, by what no plan holds: from the file to
// the dates each is scheduled or refused with a sentence. Under the sanitizers this shows that nothing
// overflows on the way.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "rapport/exchange/read.h"
#include "rapport/schedule/schedule.h"
#include "support/corpus.h"

namespace rapport {
namespace {

std::string bytes_of_sample(char const* name) {
  std::ifstream stream(support::source_tree(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

using Reader = ReadResult (*)(std::string_view);
ReadResult xer(std::string_view bytes) { return read_xer(bytes, "x"); }
ReadResult mspdi(std::string_view bytes) { return read_mspdi(bytes, "x"); }

/// Whether dates came out; any refusal has words, and anything else fails the test.
bool scheduled(Reader read, std::string const& bytes) {
  try {
    auto const result = schedule(compile(Project(read(bytes).facts)));
    for (std::uint32_t i = 0; i < result.network().activity_count(); ++i) {
      auto const dates = result.dates(ActivityIndex{i});
      for (auto const date : {dates.early_start, dates.early_finish, dates.late_start, dates.late_finish}) {
        // Nothing is shown outside the years that there are.
        EXPECT_EQ(to_string(date).find("day"), std::string::npos) << to_string(date);
      }
    }
    return true;
  } catch (Error const& error) {
    EXPECT_GT(std::string(error.what()).size(), 20U);
    return false;
  }
}

constexpr char const* numbers[] = {"1e300",
                                   "-1e300",
                                   "9223372036854775807",
                                   "-9223372036854775808",
                                   "nan",
                                   "-inf",
                                   "1e7",
                                   "-1e7",
                                   "0.0000000000000001",
                                   "-1",
                                   "99999999999999999999999999",
                                   "",
                                   "0,5",
                                   "1e-300"};
constexpr char const* instants[] = {"0001-01-01 00:00",
                                    "9999-12-31 23:59",
                                    "1399-12-31 00:00",
                                    "1400-01-01 00:00",
                                    "2027-02-30 08:00",
                                    "-2027-01-01 00:00",
                                    ""};

bool is_number(std::string const& text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos;
}
bool is_instant(std::string const& text) { return text.size() >= 16 && text[4] == '-' && text[13] == ':'; }

TEST(HostileNumbers, InEveryFieldOfAnXerFile) {
  std::string const whole = bytes_of_sample("tests/data/xer/bridge.xer");
  ASSERT_TRUE(scheduled(xer, whole));
  int fields = 0;
  for (std::size_t at = whole.find("%R\t"); at != std::string::npos; at = whole.find("%R\t", at + 1)) {
    std::size_t const end_of_row = whole.find_first_of("\r\n", at);
    for (std::size_t begin = at + 3; begin < end_of_row;) {
      std::size_t const end = std::min(whole.find('\t', begin), end_of_row);
      auto const text = whole.substr(begin, end - begin);
      auto const replace = [&](auto const& values) {
        ++fields;
        for (auto const* value : values)
          (void)scheduled(xer, whole.substr(0, begin) + value + whole.substr(end));
      };
      if (is_number(text)) replace(numbers);
      if (is_instant(text)) replace(instants);
      begin = end + 1;
    }
  }
  EXPECT_GT(fields, 100);
}

TEST(HostileNumbers, InEveryElementOfAnMspdiFile) {
  std::string const whole = bytes_of_sample("tests/data/mspdi/kitchen.xml");
  ASSERT_TRUE(scheduled(mspdi, whole));
  constexpr char const* spans[] = {"PT10000000H0M0S", "PT999999999999999999H0M0S", "-PT8H0M0S", "PT", "P1Y",
                                   "PT0.000001H"};
  int elements = 0;
  for (std::size_t begin = whole.find('>'); begin != std::string::npos; begin = whole.find('>', begin + 1)) {
    std::size_t const end = whole.find('<', begin);
    if (end == std::string::npos || end == begin + 1 || whole[end + 1] != '/') continue;
    auto const text = whole.substr(begin + 1, end - begin - 1);
    auto const replace = [&](auto const& values) {
      ++elements;
      for (std::string value : values) {
        std::replace(value.begin(), value.end(), ' ', 'T');
        (void)scheduled(mspdi, whole.substr(0, begin + 1) + value + whole.substr(end));
      }
    };
    if (is_number(text)) replace(numbers);
    if (is_instant(text)) replace(instants);
    if (text.starts_with("PT")) replace(spans);
  }
  EXPECT_GT(elements, 100);
}

TEST(FilesWithoutAStart, BeginWithTheFirstOfTheirActivities) {
  std::string const plan =
      "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\n%R\t1\tP\n"
      "%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\ttarget_start_date\n"
      "%R\t1\t1\tA\t8\t2027-03-01 08:00\n%R\t2\t1\tB\t8\t2027-02-01 08:00\n%E\n";
  std::string const project =
      "<Project><Name>P</Name><Tasks><Task><UID>1</UID><Duration>PT8H0M0S</"
      "Duration><Start>2027-03-01T08:00:00</Start>"
      "</Task><Task><UID>2</UID><Duration>PT8H0M0S</Duration><Start>2027-02-01T08:00:00</Start></Task></"
      "Tasks></Project>";
  for (auto const& result : {xer(plan), mspdi(project)}) {
    EXPECT_EQ(to_string(schedule(compile(Project(result.facts))).start()), "2027-02-01T08:00");
    bool const said = std::any_of(result.diagnostics.begin(), result.diagnostics.end(), [](auto const& each) {
      return each.action.find("earliest") != std::string::npos;
    });
    EXPECT_TRUE(said);
  }
}

/// Ten million links are a hundred times this; nothing on the way from the file to the dates may grow faster
/// than they do.
TEST(ManyLinks, AreReadCompiledAndScheduled) {
  constexpr int activities = 20'000, each = 5;
  std::string bytes =
      "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\tlast_recalc_date\n%R\t1\tP\t2027-01-04 08:00\n"
      "%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\ttask_type\n";
  for (int i = 0; i < activities; ++i)
    bytes += "%R\t" + std::to_string(i) + "\t1\tA" + std::to_string(i) + "\t1\tTT_Task\n";
  bytes += "%T\tTASKPRED\n%F\ttask_id\tpred_task_id\tpred_type\tlag_hr_cnt\n";
  for (int i = 1; i < activities; ++i)
    for (int k = 0; k < each; ++k)
      bytes +=
          "%R\t" + std::to_string(i) + "\t" + std::to_string(std::max(0, i - 1 - k * 7)) + "\tPR_FS\t0\n";
  bytes += "%E\n";
  auto const result = schedule(compile(Project(xer(bytes).facts)));
  EXPECT_EQ(result.network().link_count(), static_cast<std::uint32_t>((activities - 1) * each));
  EXPECT_EQ(result.finish() - result.start(), Elapsed{activities * seconds_per_hour});
}

}  // namespace
}  // namespace rapport
