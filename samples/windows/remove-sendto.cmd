@echo off
rem Takes "mimawari-check" out of the menu "Send to" of the user who runs this.
setlocal EnableExtensions DisableDelayedExpansion
set "ENTRY=%APPDATA%\Microsoft\Windows\SendTo\mimawari-check.cmd"
if exist "%ENTRY%" del "%ENTRY%"
if exist "%ENTRY%" exit /b 2
echo Removed.
if not defined MIMAWARI_STAY pause
