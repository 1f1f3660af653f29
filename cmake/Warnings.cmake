# Per target, never global.
function(corefile_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees overlaps and overruns in inlined std::string code that are not there (GCC bugs 105651, 105329), more of them where
    # <string> is precompiled. clang and the sanitizers look for real ones.
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  if(COREFILE_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
