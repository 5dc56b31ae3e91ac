@echo off
rem Check files and folders before they are stored: drop them onto this file, or use it from "Send to" (install-sendto.cmd).
rem The result stays on the screen until a key is pressed. Where mimawari is: MIMAWARI names its bin\mimawari.js or its program,
rem else it is looked for beside this file, in the folder above it, and in the PATH.
rem This file is plain ASCII on purpose: the console's code page must not matter. All sentences come from the program.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "NODE=node"
if exist "%HERE%node.exe" set "NODE=%HERE%node.exe"
if exist "%HERE%..\node.exe" set "NODE=%HERE%..\node.exe"
if exist "%HERE%..\..\node.exe" set "NODE=%HERE%..\..\node.exe"
if defined MIMAWARI_NODE set "NODE=%MIMAWARI_NODE%"
if not defined MIMAWARI if exist "%HERE%mimawari.exe" set "MIMAWARI=%HERE%mimawari.exe"
if not defined MIMAWARI if exist "%HERE%..\mimawari.exe" set "MIMAWARI=%HERE%..\mimawari.exe"
if not defined MIMAWARI if exist "%HERE%..\bin\mimawari.js" set "MIMAWARI=%HERE%..\bin\mimawari.js"
if not defined MIMAWARI if exist "%HERE%..\..\bin\mimawari.js" set "MIMAWARI=%HERE%..\..\bin\mimawari.js"
if not defined MIMAWARI for %%P in (mimawari.cmd) do if exist "%%~dp$PATH:Pnode_modules\mimawari\bin\mimawari.js" set "MIMAWARI=%%~dp$PATH:Pnode_modules\mimawari\bin\mimawari.js"
if not defined MIMAWARI (
  echo mimawari was not found. Put this file into its folder, or let MIMAWARI name its bin\mimawari.js.
  if not defined MIMAWARI_STAY pause
  exit /b 2
)
if not defined MIMAWARI_LANG set "MIMAWARI_LANG=ja"

for %%M in ("%MIMAWARI%") do set "KIND=%%~xM"
set RUN="%MIMAWARI%"
if /i "%KIND%"==".js" set RUN="%NODE%" "%MIMAWARI%"

rem Explorer puts no quotes around a name without a space, so that "A&B.xlsx" would be cut at the "&", and what stands behind it started.
rem The whole line is in CMDCMDLINE; delayed expansion hands it on as it is. Started from a prompt, the line does not name this file.
setlocal EnableDelayedExpansion
set "LINE=!CMDCMDLINE!"
if not defined LINE goto prompt
set "REST=!LINE:*check.cmd=!"
if "!REST!"=="!LINE!" goto prompt
set QUOTE="
if !REST:~0,1!==!QUOTE! set "REST=!REST:~1!"
if !REST:~-1!==!QUOTE! set "REST=!REST:~0,-1!"
!RUN! check --lang !MIMAWARI_LANG! !REST!
set "CODE=!ERRORLEVEL!"
echo.
if not defined MIMAWARI_STAY pause
rem Not "exit /b": what stands behind an "&" must not be started.
exit %CODE%

:prompt
endlocal
%RUN% check --lang %MIMAWARI_LANG% %*
exit /b %ERRORLEVEL%
