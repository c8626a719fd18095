@echo off
rem The command line of the packed app: the app's own Electron serves as its Node.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0Drover.exe" "%~dp0resources\app.asar\out\main\cli.js" %*
exit /b %ERRORLEVEL%
