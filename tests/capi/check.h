/* What the C tests share: CHECK, a small plan, and an Arrow reader written from the specification. */
#ifndef RAPPORT_TESTS_CHECK_H
#define RAPPORT_TESTS_CHECK_H

#include <inttypes.h>
#include <rapport/rapport.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                            \
  do {                                                                              \
    if (!(condition)) {                                                             \
      fprintf(stderr, "%s:%d: CHECK(%s) failed\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                                   \
    }                                                                               \
  } while (0)

#define CHECK_TEXT(actual, expected)                                                                   \
  do {                                                                                                 \
    const char* const is_ = (actual);                                                                  \
    const char* const wanted_ = (expected);                                                            \
    if (!is_ || strcmp(is_, wanted_) != 0) {                                                           \
      fprintf(stderr, "%s:%d: is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, is_ ? is_ : "(null)", \
              wanted_);                                                                                \
      ++failures;                                                                                      \
    }                                                                                                  \
  } while (0)

#define CHECK_HOLDS(actual, part)                                                                       \
  do {                                                                                                  \
    const char* const is_ = (actual);                                                                   \
    if (!is_ || !strstr(is_, (part))) {                                                                 \
      fprintf(stderr, "%s:%d: \"%s\" does not hold \"%s\"\n", __FILE__, __LINE__, is_ ? is_ : "(null)", \
              (part));                                                                                  \
      ++failures;                                                                                       \
    }                                                                                                   \
  } while (0)

/* The call must succeed; otherwise the test cannot go on. */
#define MUST(call)                                                                                      \
  do {                                                                                                  \
    rapport_error* error = NULL;                                                                        \
    const rapport_status status_ = (call);                                                              \
    if (status_ != RAPPORT_OK) {                                                                        \
      fprintf(stderr, "%s:%d: %s\n  %s: %s\n", __FILE__, __LINE__, #call, rapport_status_name(status_), \
              rapport_error_message(error));                                                            \
      exit(1);                                                                                          \
    }                                                                                                   \
  } while (0)

/* The call must fail with `status`, with `part` in its message and in its details. */
#define REFUSED(call, wanted_status, message_part, details_part) \
  do {                                                           \
    rapport_error* error = NULL;                                 \
    CHECK((call) == (wanted_status));                            \
    CHECK(rapport_error_status(error) == (wanted_status));       \
    CHECK_HOLDS(rapport_error_message(error), message_part);     \
    CHECK_HOLDS(rapport_error_details(error), details_part);     \
    rapport_error_free(error);                                   \
  } while (0)

#define SHIFTS "[[\"08:00\", \"12:00\"], [\"13:00\", \"17:00\"]]"
#define SITE                                                                                               \
  "{\"key\": \"SITE\", \"week\": {\"monday\": " SHIFTS ", \"tuesday\": " SHIFTS ", \"wednesday\": " SHIFTS \
  ", \"thursday\": " SHIFTS ", \"friday\": " SHIFTS "}}"

/*
 * From Monday 2027-03-01, eight hours a day: DIG takes five days, POUR two after it, OFFICE one beside
 * them, then DONE. So DIG ends on Friday the 5th, POUR and DONE on Tuesday the 9th, and OFFICE has six
 * days of float.
 */
static const char* const pier =
    "{\"name\": \"Pier\", \"currency\": \"EUR\","
    " \"subprojects\": [{\"key\": \"PIER\", \"planned_start\": \"2027-03-01T08:00\","
    "   \"data_date\": \"2027-03-01T08:00\", \"calendar\": \"SITE\"}],"
    " \"calendars\": [" SITE
    "],"
    " \"activities\": ["
    "  {\"key\": \"DIG\", \"name\": \"Dig\", \"duration\": \"40h\", \"calendar\": \"SITE\", \"subproject\": "
    "\"PIER\"},"
    "  {\"key\": \"POUR\", \"name\": \"Pour\", \"duration\": \"16h\", \"calendar\": \"SITE\", "
    "\"subproject\": \"PIER\"},"
    "  {\"key\": \"OFFICE\", \"name\": \"B\u00fcro\", \"duration\": \"8h\", \"calendar\": \"SITE\","
    "   \"subproject\": \"PIER\"},"
    "  {\"key\": \"DONE\", \"name\": \"Done\", \"kind\": \"finish_milestone\", \"calendar\": \"SITE\","
    "   \"subproject\": \"PIER\"}],"
    " \"links\": [{\"predecessor\": \"DIG\", \"successor\": \"POUR\"},"
    "  {\"predecessor\": \"POUR\", \"successor\": \"DONE\"}, {\"predecessor\": \"OFFICE\", \"successor\": "
    "\"DONE\"}],"
    " \"resources\": [{\"key\": \"CREW\", \"rates\": [{\"standard\": \"100.00 EUR/h\"}]}],"
    " \"assignments\": [{\"activity\": \"DIG\", \"resource\": \"CREW\", \"work\": \"40h\"}],"
    " \"stakeholders\": [{\"key\": \"ito\", \"name\": \"Ito\", \"concerns\": [\"dates\"], \"power\": 0.9}],"
    " \"requirements\": [{\"key\": \"REQ-1\", \"title\": \"Deep water\", \"owner\": \"ito\"}],"
    " \"traces\": [{\"from\": \"requirement:REQ-1\", \"to\": \"activity:DIG\", \"type\": \"implements\"},"
    "  {\"from\": \"requirement:REQ-1\", \"to\": \"risk:RK-1\", \"type\": \"threatens\", \"likelihood\": 0.8,"
    "   \"share\": 0.5}],"
    " \"risks\": [{\"key\": \"RK-1\", \"title\": \"Rock\", \"rating\": {\"probability\": 0.3,"
    "   \"impacts\": [{\"size\": 0.4}]}}]}";

#define MARCH_1_AT_8 INT64_C(1803888000)
#define MARCH_5_AT_17 INT64_C(1804266000)
#define MARCH_8_AT_8 INT64_C(1804492800)
#define MARCH_9_AT_17 INT64_C(1804611600)
#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)

static inline rapport_project* pier_project(void) {
  rapport_project* project = NULL;
  char* diagnostics = NULL;
  MUST(rapport_project_from_json(pier, &project, &diagnostics, &error));
  CHECK_TEXT(diagnostics, "[]");
  rapport_string_free(diagnostics);
  return project;
}

static inline rapport_network* compiled(const rapport_project* project) {
  rapport_network* network = NULL;
  MUST(rapport_project_compile(project, NULL, &network, &error));
  return network;
}

static inline rapport_schedule* scheduled(const rapport_project* project) {
  rapport_network* network = compiled(project);
  rapport_schedule* schedule = NULL;
  MUST(rapport_network_schedule(network, NULL, &schedule, &error));
  rapport_network_free(network);
  return schedule;
}

/* A whole stream of one batch. */
typedef struct table {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray batch;
} table;

/* Takes the stream that `t->stream` holds. */
static inline void open_table(table* t) {
  CHECK(t->stream.get_schema(&t->stream, &t->schema) == 0);
  CHECK(t->stream.get_next(&t->stream, &t->batch) == 0);
  CHECK(t->batch.release != NULL);
}

static inline void close_table(table* t) {
  t->batch.release(&t->batch);
  t->schema.release(&t->schema);
  t->stream.release(&t->stream);
}

static inline int64_t column_of(const table* t, const char* name) {
  for (int64_t c = 0; c < t->schema.n_children; ++c)
    if (strcmp(t->schema.children[c]->name, name) == 0) return c;
  fprintf(stderr, "there is no column %s\n", name);
  exit(1);
}

static inline int64_t whole_at(const table* t, const char* name, int64_t row) {
  const struct ArrowArray* const column = t->batch.children[column_of(t, name)];
  return ((const int64_t*)column->buffers[1])[row];
}

static inline double number_at(const table* t, const char* name, int64_t row) {
  const struct ArrowArray* const column = t->batch.children[column_of(t, name)];
  return ((const double*)column->buffers[1])[row];
}

/* Arrow keeps truth in bits, the lowest first. */
static inline int flag_at(const table* t, const char* name, int64_t row) {
  const struct ArrowArray* const column = t->batch.children[column_of(t, name)];
  return ((const uint8_t*)column->buffers[1])[row / 8] >> (row % 8) & 1;
}

/* A copy in a buffer that the next call overwrites. */
static inline const char* text_at(const table* t, const char* name, int64_t row) {
  static char copy[4096];
  const struct ArrowArray* const column = t->batch.children[column_of(t, name)];
  const int32_t* const offsets = (const int32_t*)column->buffers[1];
  const size_t length = (size_t)(offsets[row + 1] - offsets[row]);
  memcpy(copy, (const char*)column->buffers[2] + offsets[row],
         length < sizeof copy ? length : sizeof copy - 1);
  copy[length < sizeof copy ? length : sizeof copy - 1] = '\0';
  return copy;
}

/* The row whose `name` column is `text`. */
static inline int64_t row_of(const table* t, const char* name, const char* text) {
  for (int64_t row = 0; row < t->batch.length; ++row)
    if (strcmp(text_at(t, name, row), text) == 0) return row;
  fprintf(stderr, "no row has %s = %s\n", name, text);
  exit(1);
}

#endif
