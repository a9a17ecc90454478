# rapport_folder(<name> [DEPENDS <lower folder>...] [LIBS <imported target>...])
#
# Every folder of src/ is an object library rapport_<name>. A folder without sources is left out, and whoever
# depends on it simply gets nothing from it.
function(rapport_folder name)
  cmake_parse_arguments(PARSE_ARGV 1 folder "" "" "DEPENDS;LIBS;SOURCES")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()

  set(closure "")
  foreach(lower IN LISTS folder_DEPENDS)
    if(TARGET rapport_${lower})
      get_target_property(below rapport_${lower} RAPPORT_CLOSURE)
      list(APPEND closure ${below} ${lower})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES closure)

  add_library(rapport_${name} OBJECT ${sources} ${folder_SOURCES})
  target_include_directories(rapport_${name} PUBLIC
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(rapport_${name} PUBLIC ${folder_LIBS} PRIVATE rapport_settings)
  set_target_properties(rapport_${name} PROPERTIES
    RAPPORT_CLOSURE "${closure}" RAPPORT_LIBS "${folder_LIBS}")
  set_property(GLOBAL APPEND PROPERTY RAPPORT_FOLDERS ${name})
endfunction()

# Links a folder and all that lies below it into an executable.
function(rapport_link_folder target name)
  get_target_property(below rapport_${name} RAPPORT_CLOSURE)
  foreach(folder IN LISTS below ITEMS ${name})
    target_link_libraries(${target} PRIVATE rapport_${folder})
  endforeach()
endfunction()
