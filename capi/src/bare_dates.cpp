#include "rapport/schedule/bare_dates.h"

#include "guarded.h"
#include "handles.h"

using namespace rapport::capi;

rapport_status rapport_network_bare_dates(rapport_network const* network, int32_t days, ArrowArrayStream* out,
                                          rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(rapport::bare_dates(required(network, "network").value, days), result);
  });
}
