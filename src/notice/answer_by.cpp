#include <algorithm>

#include "rapport/notice/client_view.h"

namespace rapport {
namespace {

struct FirstWork {
  std::string activity;
  Instant start;
};

bool is_work(ActivityKind kind) {
  return kind == ActivityKind::Task || kind == ActivityKind::ResourceDependent;
}

/// The affected work that begins first, not before `today`, as the plan stands without the change.
std::optional<FirstWork> first_affected(Impact const& impact, Instant today) {
  std::optional<FirstWork> first;
  for (ActivityDelta const& delta : impact.activity_deltas()) {
    if (!is_work(delta.kind) || !delta.moved()) continue;
    Instant const start = delta.before && delta.after
                              ? std::min(delta.before->early_start, delta.after->early_start)
                              : (delta.before ? *delta.before : *delta.after).early_start;
    if (start >= today && (!first || start < first->start)) first = FirstWork{delta.key, start};
  }
  return first;
}

bool is_worked(WorkingTime const& calendar, Date day) {
  return calendar.between(at(day), at(day + 1)).seconds > 0;
}

/// The working day that lies `count` working days from `day` (which itself does not count), in
/// steps of `step`; its end. A calendar that is not worked for ten years ends the search.
Instant end_of_working_day(WorkingTime const& calendar, Date day, std::int32_t count, std::int32_t step) {
  constexpr std::int32_t ten_years = 3653;
  for (std::int32_t walked = 0; count > 0 && walked < ten_years; ++walked) {
    day = day + step;
    if (is_worked(calendar, day)) --count;
  }
  return calendar.previous_working(at(day + 1));
}

WorkingTime const& calendar_of(Impact const& impact, std::optional<FirstWork> const& first) {
  Schedule const& plan = impact.after();
  if (first) {
    if (auto const index = plan.network().find(first->activity)) return plan.network().calendar(*index);
    Network const& before = impact.before().network();
    if (auto const index = before.find(first->activity)) return before.calendar(*index);
  }
  static WorkingTime const round_the_clock;
  Network const& network = plan.network();
  return network.subprojects().empty() ? round_the_clock
                                       : network.calendars().at(network.subproject_calendar(0));
}

}  // namespace

AnswerBy answer_by(Impact const& impact, AnswerOptions const& options) {
  Schedule const& plan = impact.before();
  Instant const today = options.today.value_or(plan.network().data_date().value_or(plan.start()));
  auto const first = first_affected(impact, today);
  WorkingTime const& calendar = calendar_of(impact, first);
  auto const next_day = [&] { return end_of_working_day(calendar, today.date(), 1, 1); };

  AnswerBy answer;
  if (auto const stated = impact.change().answer_by) {
    bool const passed = *stated < today;
    answer.when = passed ? next_day() : *stated;
    answer.rule = passed ? AnswerRule::AfterStatedDate : AnswerRule::Stated;
    return answer;
  }
  answer.working_days = std::max(options.working_days, 0);
  if (!first) {
    answer.rule = AnswerRule::AfterSending;
    answer.when = end_of_working_day(calendar, today.date(), answer.working_days, 1);
    return answer;
  }
  answer.first_work = first->start;
  answer.when = end_of_working_day(calendar, first->start.date(), answer.working_days, -1);
  answer.rule = AnswerRule::BeforeStart;
  if (answer.when <= today) {
    answer.when = next_day();
    answer.rule = AnswerRule::AtOnce;
  }
  return answer;
}

}  // namespace rapport
