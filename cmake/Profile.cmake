# COREFILE_PROFILE: the programs are compiled twice. The first build notes, while it lints the corpus, which way each branch goes; the second
# is laid out by it, and a check takes a seventh less. The first one lies in `profile` below the build's folder. A unit is compiled again when
# its sources change, not for new notes alone.
set(COREFILE_PROFILE OFF CACHE STRING "Compile twice, the second time by what a run of the first noted (GCC 12 or later): ON or OFF")
set_property(CACHE COREFILE_PROFILE PROPERTY STRINGS ON OFF)

if(NOT COREFILE_PROFILE)
  return()
endif()
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
  message(STATUS "Compiled once, in spite of COREFILE_PROFILE: it needs GCC 12 or later")
  return()
endif()

# Object files are known by their names below the build's folder.
add_compile_options("-fprofile-prefix-path=${CMAKE_BINARY_DIR}")
if(COREFILE_PROFILE STREQUAL "NOTE")
  add_compile_options("-fprofile-generate=${CMAKE_BINARY_DIR}/notes" -fprofile-update=single)
  add_link_options(-fprofile-generate)
  return()
endif()

set(first "${CMAKE_BINARY_DIR}/profile")
file(GLOB_RECURSE noted CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/corpus/*")
file(
  GLOB_RECURSE sources CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/cmake/*" "${PROJECT_SOURCE_DIR}/include/*" "${PROJECT_SOURCE_DIR}/lib/*" "${PROJECT_SOURCE_DIR}/rules/*"
  "${PROJECT_SOURCE_DIR}/tools/*")
if(NOT noted)
  message(FATAL_ERROR "COREFILE_PROFILE needs the folder corpus; configure with -DCOREFILE_PROFILE=OFF")
endif()
set(same)
foreach(name CMAKE_BUILD_TYPE CMAKE_MAKE_PROGRAM CMAKE_CXX_COMPILER CMAKE_CXX_COMPILER_LAUNCHER CMAKE_CXX_FLAGS CMAKE_CXX_FLAGS_RELEASE COREFILE_STATIC)
  list(APPEND same "-D${name}=${${name}}")
endforeach()
add_custom_command(
  OUTPUT "${first}/noted"
  COMMAND "${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}" -B "${first}" -G "${CMAKE_GENERATOR}" ${same} -DCOREFILE_BUILD_TESTS=OFF
          -DCOREFILE_BUILD_CONFORMANCE=OFF -DCOREFILE_PROFILE=NOTE
  COMMAND "${CMAKE_COMMAND}" --build "${first}" --target corefile-lint
  COMMAND "${CMAKE_COMMAND}" -E rm -rf "${first}/notes"
  # One thread: the counters are shared.
  COMMAND "${first}/tools/corefile-lint/corefile-lint" -j 1 --no-config --fail-on never --format json --output "${first}/report.json"
          "${PROJECT_SOURCE_DIR}/corpus"
  COMMAND "${CMAKE_COMMAND}" -E touch "${first}/noted"
  DEPENDS ${noted} ${sources}
  COMMENT "Compiling what notes which way branches go"
  VERBATIM)
add_custom_target(corefile_profile DEPENDS "${first}/noted")
# What the corpus does not reach is compiled as ever. Warnings are for builds that compile once: here they depend on the profile.
add_compile_options("-fprofile-use=${first}/notes" -fprofile-partial-training -Wno-missing-profile -Wno-coverage-mismatch)
