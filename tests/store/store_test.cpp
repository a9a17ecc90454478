#include "rapport/store/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "rapport/model/document.h"

namespace rapport {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

struct StoreTest : ::testing::Test {
  fs::path folder =
      fs::path(::testing::TempDir()) /
      ("rapport-store-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  fs::path file = folder / "plan.rapport";

  StoreTest() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~StoreTest() override { fs::remove_all(folder); }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
  SQLite::Database sqlite() const {
    return SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  }
  void write(std::string const& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
  std::string bytes() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

template <class Work>
std::string refusal(Work&& work) {
  try {
    work();
  } catch (StoreError const& error) {
    return error.what();
  }
  return "nothing was refused";
}

/// Nobody in particular, for whom permissions hold, where the tests run as the superuser.
struct AsNobody {
  bool const super = ::geteuid() == 0;
  AsNobody() {
    if (super && ::seteuid(65534) != 0) throw std::runtime_error("seteuid");
  }
  ~AsNobody() {
    if (super && ::seteuid(0) != 0) std::abort();
  }
};

Author const ito{"client:Ito", Instant{1'800'000'000}};
Author const wang{"王", Instant{1'800'003'600}};

/// One fact of many kinds, keys that only UTF-8 can spell, an empty and a quoted one.
Facts many_facts() {
  Currency const eur("EUR");
  Facts facts;
  facts.name = "Hotel \"Zum Löwen\"";
  facts.time_zone = "Asia/Shanghai";
  facts.currency = eur;
  facts.stakeholders = {{.key = "S-1", .name = "Ito", .power = 0.9, .channels = {"mail", "wecom"}},
                        {.key = "王", .name = "王芳", .side = Side::Team}};
  facts.requirements = {{.key = "REQ-1", .title = "Check-in", .owner = "S-1", .size = 1.5},
                        {.key = "要求'2", .title = "隔音", .version = 3}};
  facts.tests = {{.key = "T-1", .effort = hours(4), .removal_efficiency = 0.35}};
  facts.traces = {{.from = {FactKind::Requirement, "REQ-1"},
                   .to = {FactKind::Test, "T-1"},
                   .type = TraceType::Verifies,
                   .likelihood = Probability(0.25)}};
  facts.calendars = {five_day_calendar("site", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}})};
  facts.activities = {{.key = "A1", .name = "Dig", .duration = hours(40), .calendar = "site"},
                      {.key = "A2", .name = "Pour", .duration = minutes(7), .calendar = "site"},
                      {.key = "A3", .kind = ActivityKind::FinishMilestone}};
  facts.links = {{.predecessor = "A1", .successor = "A2", .lag = {LagKind::Working, 3600, 0}},
                 {.predecessor = "A2", .successor = "A3", .type = LinkType::FinishToFinish}};
  facts.resources = {{.key = "R-1", .rates = {{.standard = Rate::of(85.5, eur)}}}};
  facts.assignments = {{.activity = "A1", .resource = "R-1", .work = hours(40), .cost = Money{123456, eur}}};
  facts.risks = {
      {.key = "RK-1", .title = "Rain", .rating = {Probability(0.3), {{Objective::Schedule, 0.4}}}}};
  return facts;
}

TEST_F(StoreTest, GivesBackTheFactsItWasGiven) {
  Project const project(many_facts());
  auto const store = Store::create(file, project);
  EXPECT_EQ(store.load().facts(), project.facts());
  EXPECT_EQ(Store::open(file).load().facts(), project.facts());
}

TEST_F(StoreTest, GivesBackAnEmptyProject) {
  (void)Store::create(file, Project());
  EXPECT_EQ(Store::open(file).load().facts(), Facts());
}

TEST_F(StoreTest, GivesBackTheJournalAndCanUndoIt) {
  Project project(many_facts());
  project.apply(Edit("longer").put(Activity{.key = "A1", .name = "Dig", .duration = hours(80)}), ito);
  project.apply(Edit("not needed").remove(FactKind::Risk, "RK-1"), wang);
  (void)Store::create(file, project);
  Project loaded = Store::open(file).load();
  EXPECT_EQ(loaded.journal(), project.journal());
  project.undo(wang);
  loaded.undo(wang);
  EXPECT_EQ(loaded.facts(), project.facts());
  EXPECT_EQ(loaded.facts().risks.size(), 1U);
  loaded.undo(wang);
  EXPECT_EQ(loaded.facts(), Project(many_facts()).facts());
}

TEST_F(StoreTest, KnowsAStoreWhileItIsOpenAndAfterwards) {
  {
    auto const store = Store::create(file, Project());
    EXPECT_TRUE(Store::is_store(file));
  }
  EXPECT_TRUE(Store::is_store(file));
  EXPECT_FALSE(Store::is_store(folder));
  EXPECT_FALSE(Store::is_store(folder / "missing"));
}

TEST_F(StoreTest, WritesInWalModeWithForeignKeysThatHold) {
  Project project(many_facts());
  project.apply(Edit("x").put(Deliverable{.key = "D"}), ito);
  (void)Store::create(file, project);
  auto db = sqlite();
  EXPECT_EQ(db.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
  db.exec("PRAGMA foreign_keys = ON");
  EXPECT_THROW(db.exec("DELETE FROM journal"), SQLite::Exception);
}

TEST_F(StoreTest, CanBeReadWithTheSqliteShell) {
  (void)Store::create(file, Project(many_facts()));
  auto db = sqlite();
  SQLite::Statement activity(db, "SELECT name, kind, duration FROM activity WHERE key = 'A2'");
  ASSERT_TRUE(activity.executeStep());
  EXPECT_EQ(activity.getColumn(0).getString(), "Pour");
  EXPECT_EQ(activity.getColumn(1).getString(), "task");
  EXPECT_EQ(activity.getColumn(2).getString(), "7m");
  EXPECT_EQ(db.execAndGet("SELECT \"to\" FROM trace").getString(), "test:T-1");
  EXPECT_EQ(db.execAndGet("SELECT power FROM stakeholder WHERE key = 'S-1'").getDouble(), 0.9);
  EXPECT_EQ(db.execAndGet("SELECT power FROM stakeholder WHERE key = '王'").getDouble(), 0.5);
  // Every kind of fact has its view, and every view can be queried.
  for_each_fact_type([&]<class T>() {
    EXPECT_NO_THROW((void)db.execAndGet(std::string("SELECT count(*) FROM ") + FactTraits<T>::name))
        << FactTraits<T>::name;
  });
}

TEST_F(StoreTest, AppendsOnlyWhatTheStoreDoesNotHold) {
  Project project(many_facts());
  auto store = Store::create(file, project);
  store.append(project);
  project.apply(Edit("one").put(Deliverable{.key = "D"}), ito);
  project.apply(Edit("two").remove(FactKind::Link, project.facts().links[0].key), wang);
  store.append(project);
  store.append(project);
  Project const loaded = Store::open(file).load();
  EXPECT_EQ(loaded.facts(), project.facts());
  EXPECT_EQ(loaded.journal(), project.journal());
}

TEST_F(StoreTest, AppendsAMergeWithItsNameAndCurrency) {
  Project project;
  auto store = Store::create(file, project);
  project.merge(many_facts(), ito, "plan.xer");
  store.append(project);
  EXPECT_EQ(store.load().facts(), project.facts());
}

TEST_F(StoreTest, KeepsUpWithAnyRunOfEdits) {
  std::mt19937 random(11);
  Project project(many_facts());
  auto store = Store::create(file, project);
  for (int round = 0; round < 150; ++round) {
    Edit edit("round " + std::to_string(round));
    std::vector<std::string> used;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      std::string const key = "K" + std::to_string(random() % 12);
      if (std::ranges::find(used, key) != used.end()) continue;
      used.push_back(key);
      auto const kind = random() % 2 ? FactKind::Deliverable : FactKind::Risk;
      if (random() % 3 == 0 && project.contains({kind, key}))
        edit.remove(kind, key);
      else if (kind == FactKind::Risk)
        edit.put(Risk{.key = key, .title = std::to_string(random())});
      else
        edit.put(Deliverable{.key = key, .name = std::to_string(random())});
    }
    project.apply(edit, ito);
    while (random() % 4 == 0) {
      try {
        project.undo(wang);
      } catch (InvalidInput const&) {
        break;
      }
    }
    if (random() % 3 == 0) continue;
    store.append(project);
    Project const loaded = store.load();
    ASSERT_EQ(loaded.facts(), project.facts()) << round;
    ASSERT_EQ(loaded.journal(), project.journal()) << round;
  }
}

TEST_F(StoreTest, RefusesToAppendWhenTheJournalsHaveParted) {
  Project project(many_facts());
  (void)Store::create(file, project);
  Project mine = project, yours = project;
  mine.apply(Edit("add").put(Deliverable{.key = "mine"}), ito);
  yours.apply(Edit("add").put(Deliverable{.key = "yours"}), ito);
  auto store = Store::open(file);
  store.append(mine);
  EXPECT_THAT(refusal([&] { store.append(yours); }),
              AllOf(HasSubstr("parted"), HasSubstr("entry 1 differs")));
  EXPECT_THAT(refusal([&] { store.append(project); }), HasSubstr("holds entry 1 that the project has not"));
  EXPECT_EQ(store.load().facts(), mine.facts());
}

TEST_F(StoreTest, RefusesToAppendAnotherProject) {
  auto store = Store::create(file, Project(many_facts()));
  Facts other = many_facts();
  other.risks[0].title = "Snow";
  Project stranger(other);
  stranger.apply(Edit("closed").remove(FactKind::Risk, "RK-1"), ito);
  EXPECT_THAT(refusal([&] { store.append(stranger); }), HasSubstr("risk RK-1 is not what"));
  Project empty;
  empty.apply(Edit("new").put(Deliverable{.key = "D"}), ito);
  EXPECT_THAT(refusal([&] { store.append(empty); }), HasSubstr("where the store would hold"));
  EXPECT_EQ(store.load().facts(), Project(many_facts()).facts());
  EXPECT_TRUE(store.load().journal().empty());
}

TEST_F(StoreTest, DoesNotOverwriteAFile) {
  write("precious");
  EXPECT_THAT(refusal([&] { (void)Store::create(file, Project()); }),
              AllOf(HasSubstr(file.string()), HasSubstr("exists already")));
  EXPECT_EQ(bytes(), "precious");
}

TEST_F(StoreTest, LeavesNothingBehindWhenItCannotBeMade) {
  EXPECT_THAT(refusal([&] { (void)Store::create(folder / "no" / "such" / "folder", Project()); }),
              HasSubstr("cannot be made"));
  EXPECT_EQ(files(), 0U);
}

TEST_F(StoreTest, SaysThatAFileIsMissing) {
  EXPECT_THAT(refusal([&] { (void)Store::open(file); }),
              AllOf(HasSubstr(file.string()), HasSubstr("does not exist")));
  EXPECT_THAT(refusal([&] { (void)Store::open(folder); }), HasSubstr("is no file"));
  EXPECT_EQ(files(), 0U);
}

TEST_F(StoreTest, RefusesWhatIsNoStore) {
  for (std::string const& content : {std::string(), std::string("SQLite"), std::string(5000, 'x')}) {
    write(content);
    EXPECT_FALSE(Store::is_store(file));
    EXPECT_THAT(refusal([&] { (void)Store::open(file); }),
                HasSubstr("is no Rapport store: it is no SQLite file"));
  }
}

TEST_F(StoreTest, RefusesTheDatabaseOfAnotherProgram) {
  sqlite().exec("CREATE TABLE t (x)");
  EXPECT_FALSE(Store::is_store(file));
  EXPECT_THAT(refusal([&] { (void)Store::open(file); }), HasSubstr("SQLite file of another program"));
}

TEST_F(StoreTest, RefusesAStoreOfANewerVersion) {
  (void)Store::create(file, Project());
  sqlite().exec("PRAGMA user_version = 99");
  EXPECT_THAT(refusal([&] { (void)Store::open(file); }),
              AllOf(HasSubstr("written by a newer Rapport (format 99"), HasSubstr("update Rapport")));
}

TEST_F(StoreTest, SaysThatAStoreIsLocked) {
  Project project(many_facts());
  auto store = Store::create(file, project);
  auto other = sqlite();
  other.exec("BEGIN IMMEDIATE");
  project.apply(Edit("x").put(Deliverable{.key = "D"}), ito);
  EXPECT_THAT(refusal([&] { store.append(project); }),
              AllOf(HasSubstr(file.string()), HasSubstr("is locked by another program")));
  // Readers go on while somebody writes.
  EXPECT_EQ(store.load().facts(), Project(many_facts()).facts());
  other.exec("ROLLBACK");
  store.append(project);
}

TEST_F(StoreTest, SaysThatAFileIsDamaged) {
  (void)Store::create(file, Project(many_facts()));
  std::string const whole = bytes();
  auto const attempt = [&] { (void)Store::open(file).load(); };
  for (std::size_t const size : {std::size_t{60}, std::size_t{100}, std::size_t{4096}, whole.size() / 2}) {
    write(whole.substr(0, size));
    EXPECT_EQ(Store::is_store(file), size >= 100);
    EXPECT_THAT(refusal(attempt), AllOf(HasSubstr(file.string()), HasSubstr("is damaged"))) << size;
  }
}

TEST_F(StoreTest, SurvivesAnyOneBlockOfGarbage) {
  (void)Store::create(file, Project(many_facts()));
  std::string const whole = bytes();
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    std::string broken = whole;
    std::size_t const from = random() % (broken.size() - 64);
    for (std::size_t i = 0; i < 64; ++i) broken[from + i] = static_cast<char>(random());
    write(broken);
    for (auto const* const suffix : {"-wal", "-shm"}) fs::remove(file.string() + suffix);
    try {
      (void)Store::open(file).load();
    } catch (StoreError const& error) {
      EXPECT_THAT(error.what(), HasSubstr(file.string()));
    }
  }
}

TEST_F(StoreTest, SaysWhichFactOfADamagedFileCannotBeRead) {
  (void)Store::create(file, Project(many_facts()));
  sqlite().exec("UPDATE fact SET document = '{\"name\": ' WHERE kind = 'risk'");
  EXPECT_THAT(refusal([&] { (void)Store::open(file).load(); }),
              AllOf(HasSubstr("is damaged"), HasSubstr("risk:RK-1")));
}

// A share or an archive that may be read only.
TEST_F(StoreTest, ThatMayNotBeWrittenIsReadAndNotAppendedTo) {
  Project project(many_facts());
  file = folder / "plan 100%?#.rapport";  // what means something in a URI
  (void)Store::create(file, project);
  fs::permissions(file, fs::perms{0444});
  fs::permissions(folder, fs::perms{0555});
  {
    AsNobody const nobody;
    EXPECT_EQ(Store::open(file).load().facts(), project.facts());
    EXPECT_EQ(files(), 1U);
    project.apply(Edit("one more").put(Deliverable{.key = "ONE-MORE"}), ito);
    EXPECT_THAT(refusal([&] { Store::open(file).append(project); }), HasSubstr("may not be written"));
  }
  fs::permissions(folder, fs::perms::owner_all);
}

}  // namespace
}  // namespace rapport
