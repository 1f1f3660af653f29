# corefile_share_headers(TARGET): headers that nearly every file includes are compiled once, with the library, for all targets.
function(corefile_share_headers target)
  # A precompiled header serves what is compiled with the same flags.
  if(NOT COREFILE_PRECOMPILE OR COREFILE_OWN_FLAGS)
    return()
  endif()
  target_compile_options(${target} PRIVATE -fPIC)  # of a program CMake would make -fPIE
  target_link_libraries(${target} PRIVATE corefile_fmt)
  target_precompile_headers(${target} REUSE_FROM corefile)
endfunction()

# corefile_fast_build(TARGET): so, and files that share a UNITY_GROUP are compiled as one. The library comes first.
function(corefile_fast_build target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  if(NOT target STREQUAL "corefile")
    corefile_share_headers(${target})
    return()
  endif()
  if(NOT COREFILE_PRECOMPILE)
    return()
  endif()
  target_precompile_headers(
    corefile
    PRIVATE
    <algorithm>
    <array>
    <functional>
    <map>
    <memory>
    <optional>
    <span>
    <string>
    <string_view>
    <tuple>
    <unordered_map>
    <variant>
    <vector>
    <fmt/format.h>)
endfunction()

# corefile_cold_rooms(TARGET ROOM…): rooms whose code no check of a clean file runs much of, or that gain nothing from more: where the build
# is optimised, they are compiled in two thirds of the time. GCC's -O2 without what is dear in it takes as long as its -O1, and inlines.
# A source with options of its own would leave its unit, so the unit has them.
function(corefile_cold_rooms target)
  set(options -O1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(options -O2)
    foreach(pass code-hoisting expensive-optimizations gcse ipa-cp ipa-icf ipa-sra schedule-insns2 tree-pre tree-tail-merge tree-vectorize tree-vrp)
      list(APPEND options -fno-${pass})
    endforeach()
  endif()
  foreach(room IN LISTS ARGN)
    set_source_files_properties(
      "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/Unity/unity_${room}_cxx.cxx"
      PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:${options}>")
  endforeach()
endfunction()

# corefile_one_unit(TARGET): a program's files as one. They share dear headers.
function(corefile_one_unit target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE BATCH UNITY_BUILD_BATCH_SIZE 0)
endfunction()
