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
set "KIND="
set "BIN="
for %%M in ("%MIMAWARI%") do set "KIND=%%~xM"
for %%M in ("%MIMAWARI%") do set "BIN=%%~dpM"
set "MIMAWARI_SELF=%~f0"
set "MIMAWARI_ARGS="
if not "%~1"=="" set MIMAWARI_ARGS=%*
if /i not "%KIND%"==".js" goto program

rem What was given goes to the program by the environment, where no sign in a name has a meaning: Explorer puts no quotes around a name without
rem a space, so that "A&B.xlsx" would be cut at the "&". The whole line is in CMDCMDLINE; the program looks whether it is that of a drop onto this file.
setlocal EnableDelayedExpansion
set "MIMAWARI_LINE=!CMDCMDLINE!"
rem A shell of its own without delayed expansion, so that a "!" in a folder's name stays one.
"%ComSpec%" /d /v:off /c ""%%NODE%%" "%%BIN%%check-dropped.js""
set "CODE=!ERRORLEVEL!"
if not defined MIMAWARI_STAY pause
rem From 1000 on: this console was started for a name with "&" in it, and the shell would start what stands behind it.
if !CODE! geq 1000 (
  set /a CODE-=1000
  exit !CODE!
)
exit /b !CODE!

:program
call "%MIMAWARI%" check --lang %MIMAWARI_LANG% %*
exit /b %ERRORLEVEL%
