#include "rapport/network/network.h"

#include "model/key_index.h"
#include "network/builder.h"

namespace rapport {

Network::Network() {
  NetworkBuilder::Draft draft;
  draft.plan = std::make_shared<Plan const>(Plan{{Subproject{}}, {0}, {WorkingTime()}, 0, nullptr});
  *this = NetworkBuilder::number(std::move(draft));
}

Network::Network(Uninitialised) {}

Network NetworkBuilder::with_values(Network const& network, std::shared_ptr<ActivityValues const> values) {
  Network other = network;
  other.values_ = std::move(values);
  return other;
}

Network NetworkBuilder::with_links(Network const& network, std::shared_ptr<NetworkLinks const> links) {
  Network other = network;
  other.links_ = std::move(links);
  other.kept_ = std::make_shared<Network::Kept>();
  other.kept_->values = network.kept_->values;
  return other;
}

Network NetworkBuilder::with_calendars(Network const& network, std::vector<WorkingTime> calendars) {
  auto plan = std::make_shared<Network::Plan>(*network.plan_);
  plan->calendars = std::move(calendars);
  Network other = network;
  other.plan_ = std::move(plan);
  other.kept_ = std::make_shared<Network::Kept>();
  other.kept_->values = network.kept_->values;
  return other;
}

std::uint32_t Network::activity_count() const { return static_cast<std::uint32_t>(names_->key.size()); }
std::uint32_t Network::link_count() const { return static_cast<std::uint32_t>(links_->type.size()); }

std::optional<ActivityIndex> Network::find(std::string_view key) const {
  auto const found = names_->index->find(key, names_->key);
  if (!found) return {};
  return ActivityIndex{static_cast<std::uint32_t>(*found)};
}

ActivityIndex Network::at(std::string_view key) const {
  if (auto const i = find(key)) return *i;
  throw NotFound("activity", std::string(key), nearest_keys(key, names_->key));
}

std::string const& Network::key(ActivityIndex i) const { return names_->key[i.value]; }
std::string const& Network::name(ActivityIndex i) const { return names_->name[i.value]; }
std::string const& Network::source_id(ActivityIndex i) const { return names_->source_id[i.value]; }
ActivityKind Network::kind(ActivityIndex i) const { return values_->kind[i.value]; }
std::string const& Network::subproject(ActivityIndex i) const {
  return plan_->subprojects[values_->subproject[i.value]].key;
}
Work Network::duration(ActivityIndex i) const { return {values_->duration[i.value]}; }
Work Network::remaining(ActivityIndex i) const { return {values_->remaining[i.value]}; }
bool Network::started(ActivityIndex i) const { return values_->actual_start[i.value] != no_instant; }
bool Network::completed(ActivityIndex i) const { return values_->actual_finish[i.value] != no_instant; }
WorkingTime const& Network::calendar(ActivityIndex i) const {
  return plan_->calendars[values_->calendar[i.value]];
}

Rules const& Network::rules() const { return plan_->subprojects[plan_->main].rules; }
std::optional<Instant> Network::data_date() const { return plan_->subprojects[plan_->main].data_date; }
std::optional<Instant> Network::planned_start() const {
  return plan_->subprojects[plan_->main].planned_start;
}
std::vector<Subproject> const& Network::subprojects() const { return plan_->subprojects; }
std::uint32_t Network::subproject_calendar(std::uint32_t subproject) const {
  return plan_->subproject_calendar[subproject];
}
std::vector<WorkingTime> const& Network::calendars() const { return plan_->calendars; }

}  // namespace rapport
