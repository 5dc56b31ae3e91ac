@echo off
rem Files and folders that are dropped onto this file, or sent to it, are checked; the result stays on the screen.
rem What was given goes to the program by the environment: there no sign in a name has a meaning.
setlocal EnableExtensions DisableDelayedExpansion
set "MIMAWARI_HERE=%~dp0"
set "MIMAWARI_SELF=%~f0"
set "MIMAWARI_ARGS="
if not "%~1"=="" set MIMAWARI_ARGS=%*
setlocal EnableDelayedExpansion
set "MIMAWARI_LINE=!CMDCMDLINE!"
rem A shell of its own without delayed expansion, so that a "!" in the folder's name stays one.
"%ComSpec%" /d /v:off /c ""%%MIMAWARI_HERE%%node\node.exe" "%%MIMAWARI_HERE%%app\bin\check-dropped.js""
set "ended=!errorlevel!"
if not defined MIMAWARI_STAY pause
rem From 1000 on: Explorer started this console for a name with "&" in it, and the shell would start what stands behind it.
if !ended! geq 1000 (
  set /a ended-=1000
  exit !ended!
)
exit /b !ended!
