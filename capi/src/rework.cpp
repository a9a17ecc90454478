// Design that goes round in loops.

#include "guarded.h"
#include "rapport/impact/rework_loop.h"
#include "rapport/rapport.h"

using namespace rapport::capi;

rapport_status rapport_simulate_rework(char const* loops, rapport_rework_options const* options,
                                       ArrowArrayStream* out, ArrowArrayStream* trials,
                                       rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const given = complete(options, rapport_rework_options RAPPORT_REWORK_OPTIONS_INIT);
    auto const described = rapport::rework_loops_from_document(required_text(loops, "loops"));
    auto const forecast = rapport::simulate_rework(described,
                                                   {.trials = given.trials,
                                                    .seed = given.seed,
                                                    .rework = given.rework != 0,
                                                    .correlation = given.correlation},
                                                   run_control(given));
    rapport::LoopLimits limits;
    if (given.duration_limit) limits.duration = *given.duration_limit;
    if (given.cost_limit) limits.cost = *given.cost_limit;
    std::span<double const> shares = rapport::LoopForecast::usual_shares;
    if (given.shares) shares = {given.shares, given.share_count};
    auto figures = rapport::to_table(forecast.figures(shares, limits));
    auto each = trials ? forecast.table() : rapport::Table();
    give(std::move(figures), result);
    if (trials) give(std::move(each), *trials);
  });
}
