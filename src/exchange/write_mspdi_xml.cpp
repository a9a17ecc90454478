// Elements at their places.

#include <algorithm>
#include <iterator>
#include <span>

#include "exchange/mspdi_writer.h"

namespace rapport {
namespace {

/// The order of the schema, as far as Rapport or MS Project write elements; of all parents in one list each.
constexpr std::string_view task_order[] = {"UID",
                                           "GUID",
                                           "ID",
                                           "Name",
                                           "Active",
                                           "Manual",
                                           "Type",
                                           "IsNull",
                                           "CreateDate",
                                           "Contact",
                                           "WBS",
                                           "WBSLevel",
                                           "OutlineNumber",
                                           "OutlineLevel",
                                           "Priority",
                                           "StartText",
                                           "FinishText",
                                           "DurationText",
                                           "Start",
                                           "Finish",
                                           "Duration",
                                           "ManualStart",
                                           "ManualFinish",
                                           "ManualDuration",
                                           "DurationFormat",
                                           "FreeformDurationFormat",
                                           "Work",
                                           "Stop",
                                           "Resume",
                                           "ResumeValid",
                                           "EffortDriven",
                                           "Recurring",
                                           "OverAllocated",
                                           "Estimated",
                                           "Milestone",
                                           "Summary",
                                           "DisplayAsSummary",
                                           "Critical",
                                           "IsSubproject",
                                           "IsSubprojectReadOnly",
                                           "SubprojectName",
                                           "ExternalTask",
                                           "ExternalTaskProject",
                                           "EarlyStart",
                                           "EarlyFinish",
                                           "LateStart",
                                           "LateFinish",
                                           "StartVariance",
                                           "FinishVariance",
                                           "WorkVariance",
                                           "FreeSlack",
                                           "TotalSlack",
                                           "StartSlack",
                                           "FinishSlack",
                                           "FixedCost",
                                           "FixedCostAccrual",
                                           "PercentComplete",
                                           "PercentWorkComplete",
                                           "Cost",
                                           "OvertimeCost",
                                           "OvertimeWork",
                                           "ActualStart",
                                           "ActualFinish",
                                           "ActualDuration",
                                           "ActualCost",
                                           "ActualOvertimeCost",
                                           "ActualWork",
                                           "ActualOvertimeWork",
                                           "RegularWork",
                                           "RemainingDuration",
                                           "RemainingCost",
                                           "RemainingWork",
                                           "RemainingOvertimeCost",
                                           "RemainingOvertimeWork",
                                           "ACWP",
                                           "CV",
                                           "ConstraintType",
                                           "CalendarUID",
                                           "ConstraintDate",
                                           "Deadline",
                                           "LevelAssignments",
                                           "LevelingCanSplit",
                                           "LevelingDelay",
                                           "LevelingDelayFormat",
                                           "PreLeveledStart",
                                           "PreLeveledFinish",
                                           "Hyperlink",
                                           "HyperlinkAddress",
                                           "HyperlinkSubAddress",
                                           "IgnoreResourceCalendar",
                                           "Notes",
                                           "HideBar",
                                           "Rollup",
                                           "BCWS",
                                           "BCWP",
                                           "PhysicalPercentComplete",
                                           "EarnedValueMethod",
                                           "PredecessorLink",
                                           "ActualWorkProtected",
                                           "ActualOvertimeWorkProtected",
                                           "ExtendedAttribute",
                                           "Baseline",
                                           "OutlineCode",
                                           "IsPublished",
                                           "StatusManager",
                                           "CommitmentStart",
                                           "CommitmentFinish",
                                           "CommitmentType",
                                           "TimephasedData"};
constexpr std::string_view resource_order[] = {"UID",
                                               "GUID",
                                               "ID",
                                               "Name",
                                               "Type",
                                               "IsNull",
                                               "Initials",
                                               "Phonetics",
                                               "NTAccount",
                                               "MaterialLabel",
                                               "Code",
                                               "Group",
                                               "WorkGroup",
                                               "EmailAddress",
                                               "Hyperlink",
                                               "HyperlinkAddress",
                                               "HyperlinkSubAddress",
                                               "MaxUnits",
                                               "PeakUnits",
                                               "OverAllocated",
                                               "AvailableFrom",
                                               "AvailableTo",
                                               "Start",
                                               "Finish",
                                               "CanLevel",
                                               "AccrueAt",
                                               "Work",
                                               "RegularWork",
                                               "OvertimeWork",
                                               "ActualWork",
                                               "RemainingWork",
                                               "ActualOvertimeWork",
                                               "RemainingOvertimeWork",
                                               "PercentWorkComplete",
                                               "StandardRate",
                                               "StandardRateFormat",
                                               "Cost",
                                               "OvertimeRate",
                                               "OvertimeRateFormat",
                                               "OvertimeCost",
                                               "CostPerUse",
                                               "ActualCost",
                                               "ActualOvertimeCost",
                                               "RemainingCost",
                                               "RemainingOvertimeCost",
                                               "WorkVariance",
                                               "CostVariance",
                                               "SV",
                                               "CV",
                                               "ACWP",
                                               "CalendarUID",
                                               "Notes",
                                               "BCWS",
                                               "BCWP",
                                               "IsGeneric",
                                               "IsInactive",
                                               "IsEnterprise",
                                               "BookingType",
                                               "ActualWorkProtected",
                                               "ActualOvertimeWorkProtected",
                                               "ActiveDirectoryGUID",
                                               "CreationDate",
                                               "ExtendedAttribute",
                                               "Baseline",
                                               "OutlineCode",
                                               "IsCostResource",
                                               "AssnOwner",
                                               "AssnOwnerGuid",
                                               "IsBudget",
                                               "AvailabilityPeriods",
                                               "Rates",
                                               "TimephasedData"};
constexpr std::string_view assignment_order[] = {"UID",
                                                 "GUID",
                                                 "TaskUID",
                                                 "ResourceUID",
                                                 "PercentWorkComplete",
                                                 "ActualCost",
                                                 "ActualFinish",
                                                 "ActualOvertimeCost",
                                                 "ActualOvertimeWork",
                                                 "ActualStart",
                                                 "ActualWork",
                                                 "ACWP",
                                                 "Confirmed",
                                                 "Cost",
                                                 "CostRateTable",
                                                 "RateScale",
                                                 "CostVariance",
                                                 "CV",
                                                 "Delay",
                                                 "Finish",
                                                 "FinishVariance",
                                                 "Hyperlink",
                                                 "HyperlinkAddress",
                                                 "HyperlinkSubAddress",
                                                 "WorkVariance",
                                                 "HasFixedRateUnits",
                                                 "FixedMaterial",
                                                 "LevelingDelay",
                                                 "LevelingDelayFormat",
                                                 "LinkedFields",
                                                 "Milestone",
                                                 "Notes",
                                                 "Overallocated",
                                                 "OvertimeCost",
                                                 "OvertimeWork",
                                                 "PeakUnits",
                                                 "RegularWork",
                                                 "RemainingCost",
                                                 "RemainingOvertimeCost",
                                                 "RemainingOvertimeWork",
                                                 "RemainingWork",
                                                 "ResponsePending",
                                                 "Start",
                                                 "Stop",
                                                 "Resume",
                                                 "StartVariance",
                                                 "Summary",
                                                 "SV",
                                                 "Units",
                                                 "UpdateNeeded",
                                                 "VAC",
                                                 "Work",
                                                 "WorkContour",
                                                 "BCWS",
                                                 "BCWP",
                                                 "BookingType",
                                                 "ActualWorkProtected",
                                                 "ActualOvertimeWorkProtected",
                                                 "CreationDate",
                                                 "AssnOwner",
                                                 "AssnOwnerGuid",
                                                 "BudgetCost",
                                                 "BudgetWork",
                                                 "ExtendedAttribute",
                                                 "Baseline",
                                                 "TimephasedData"};
constexpr std::string_view project_order[] = {"SaveVersion",
                                              "BuildNumber",
                                              "UID",
                                              "GUID",
                                              "Name",
                                              "Title",
                                              "Subject",
                                              "Category",
                                              "Company",
                                              "Manager",
                                              "Author",
                                              "CreationDate",
                                              "Revision",
                                              "LastSaved",
                                              "ScheduleFromStart",
                                              "StartDate",
                                              "FinishDate",
                                              "FYStartDate",
                                              "CriticalSlackLimit",
                                              "CurrencyDigits",
                                              "CurrencySymbol",
                                              "CurrencyCode",
                                              "CurrencySymbolPosition",
                                              "CalendarUID",
                                              "BaselineCalendar",
                                              "DefaultStartTime",
                                              "DefaultFinishTime",
                                              "MinutesPerDay",
                                              "MinutesPerWeek",
                                              "DaysPerMonth",
                                              "DefaultTaskType",
                                              "DefaultFixedCostAccrual",
                                              "DefaultStandardRate",
                                              "DefaultOvertimeRate",
                                              "DurationFormat",
                                              "WorkFormat",
                                              "EditableActualCosts",
                                              "HonorConstraints",
                                              "EarnedValueMethod",
                                              "InsertedProjectsLikeSummary",
                                              "MultipleCriticalPaths",
                                              "NewTasksEffortDriven",
                                              "NewTasksEstimated",
                                              "SplitsInProgressTasks",
                                              "SpreadActualCost",
                                              "SpreadPercentComplete",
                                              "TaskUpdatesResource",
                                              "FiscalYearStart",
                                              "WeekStartDay",
                                              "MoveCompletedEndsBack",
                                              "MoveRemainingStartsBack",
                                              "MoveRemainingStartsForward",
                                              "MoveCompletedEndsForward",
                                              "BaselineForEarnedValue",
                                              "AutoAddNewResourcesAndTasks",
                                              "StatusDate",
                                              "CurrentDate",
                                              "MicrosoftProjectServerURL",
                                              "Autolink",
                                              "NewTaskStartDate",
                                              "NewTasksAreManual",
                                              "DefaultTaskEVMethod",
                                              "ProjectExternallyEdited",
                                              "ExtendedCreationDate",
                                              "ActualsInSync",
                                              "RemoveFileProperties",
                                              "AdminProject",
                                              "OutlineCodes",
                                              "WBSMasks",
                                              "ExtendedAttributes",
                                              "Calendars",
                                              "Tasks",
                                              "Resources",
                                              "Assignments"};
constexpr std::string_view calendar_order[] = {
    "UID",      "GUID",       "Name",     "IsBaseCalendar", "IsBaselineCalendar", "BaseCalendarUID",
    "WeekDays", "Exceptions", "WorkWeeks"};

/// The order in which Project writes the children of `parent`; none: any.
std::span<std::string_view const> order_below(std::string_view parent) {
  if (parent == "Task") return task_order;
  if (parent == "Resource") return resource_order;
  if (parent == "Assignment") return assignment_order;
  if (parent == "Project") return project_order;
  if (parent == "Calendar") return calendar_order;
  return {};
}

/// The place of `name` in `order`, or its size.
std::size_t rank_in(std::span<std::string_view const> order, std::string_view name) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), name) - order.begin());
}

bool is_space(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata &&
         std::string_view(node.value()).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (char const c : text) {
    auto const code = static_cast<unsigned char>(c);
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '\r')
      result += "&#13;";
    else
      result += code < ' ' && c != '\n' && c != '\t' ? ' ' : c;  // XML has no other control characters
  }
  return result;
}

pugi::xml_node add_child(pugi::xml_node parent, char const* name) {
  auto const order = order_below(parent.name());
  std::size_t const rank = rank_in(order, name);
  pugi::xml_node before;
  // From the end, where most are added.
  for (pugi::xml_node child = parent.last_child(); child && rank < order.size();
       child = child.previous_sibling()) {
    if (child.type() != pugi::node_element) continue;
    std::size_t const other = rank_in(order, child.name());
    if (other <= rank) break;
    if (other < order.size()) before = child;
  }
  if (before) {
    pugi::xml_node space = before.previous_sibling();
    pugi::xml_node added = parent.insert_child_before(name, before);
    if (space && is_space(space))
      parent.insert_child_after(pugi::node_pcdata, added).set_value(space.value());
    return added;
  }
  pugi::xml_node last = parent.last_child();
  pugi::xml_node first = parent.first_child();
  if (!last || !is_space(last)) {
    // A parent that was empty stands on a line of its own; its children get one each, further in.
    pugi::xml_node space = parent.previous_sibling();
    if (!last && space && is_space(space)) {
      std::string const outer = space.value();
      parent.append_child(pugi::node_pcdata).set_value((outer + "\t").c_str());
      pugi::xml_node added = parent.append_child(name);
      parent.append_child(pugi::node_pcdata).set_value(outer.c_str());
      return added;
    }
    return parent.append_child(name);
  }
  // The last white space leads to the end tag, the first to the first child.
  pugi::xml_node added = parent.insert_child_before(name, last);
  parent.insert_child_before(pugi::node_pcdata, added)
      .set_value(is_space(first) && first != last ? first.value() : last.value());
  return added;
}

void remove_child(pugi::xml_node child) {
  pugi::xml_node parent = child.parent(), space = child.previous_sibling();
  parent.remove_child(child);
  if (space && is_space(space)) parent.remove_child(space);
}

void set_child(pugi::xml_node parent, char const* name, std::string const& value) {
  pugi::xml_node child = parent.child(name);
  if (value.empty()) {
    if (child) remove_child(child);
    return;
  }
  if (!child) child = add_child(parent, name);
  while (child.first_child()) child.remove_child(child.first_child());
  child.append_child(pugi::node_pcdata).set_value(escaped(value).c_str());
}

}  // namespace rapport
