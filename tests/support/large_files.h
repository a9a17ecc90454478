#ifndef RAPPORT_TESTS_SUPPORT_LARGE_FILES_H
#define RAPPORT_TESTS_SUPPORT_LARGE_FILES_H

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::support {

/// An XER whose projects stand in it `times` times: the rows of PROJECT, SCHEDOPTIONS, PROJWBS, TASK,
/// TASKPRED, TASKRSRC, TASKACTV and PROJCOST are repeated with fresh ids, activity codes and project names,
/// everything else stands once.
std::string multiplied_xer(std::string_view xer, int times);

/// A Microsoft Project XML with `tasks` tasks of 50 elements each, about 2.5 links and two assignments a task
/// (4.8 kB a task in all); the same for the same arguments everywhere.
std::string generated_mspdi(std::uint32_t tasks, std::uint64_t seed);

}  // namespace rapport::support

#endif
